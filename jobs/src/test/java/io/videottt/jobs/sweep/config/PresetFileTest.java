package io.videottt.jobs.sweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Presets;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetFileTest {

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static AdaptationSettings settings(Path file) {
    return PresetFile.settings(file.toString(), "sweep.yaml");
  }

  @Test
  void aFileOfOnesOwnIsLaidOverAShippedPreset() throws IOException {
    Path own =
        write("own.yaml", "extends: released-kitti-step\nwindow: 8\nscaleJitter: {of: crop}\n");
    assertThat(settings(own))
        .isEqualTo(
            AdaptationSettings.preset("released-kitti-step", "test")
                .with(Map.of("window", 8, "scaleJitter", Map.of("of", "crop")), "test"));
  }

  @Test
  void filesMayExtendEachOther() throws IOException {
    write("parts/slow.yaml", "extends: paper\nlearningRate: 1.0e-3\nwindow: 4\n");
    Path own = write("own.yml", "extends: parts/slow.yaml\nwindow: 2\n");
    assertThat(settings(own))
        .isEqualTo(
            AdaptationSettings.paper().with(Map.of("learningRate", 1e-3, "window", 2), "test"));
  }

  @Test
  void aSweepNamesItRelativeToItself() throws IOException {
    write("presets/own.yaml", "extends: small\nwindow: 3\n");
    write("parts/base.yaml", "preset: ../presets/own.yaml\n");
    Path sweep =
        write(
            "sweeps/sweep.yaml",
            """
extends: ../parts/base.yaml
datasets: [{name: embedded, splits: [test]}]
models: [{label: a, joint: joint}]
methods:
  - {method: online-ttt-mae}
  - {method: online-ttt-mae, variant: other, preset: ../presets/own.yaml, settings: {window: 5}}
""");
    SweepSource part = SweepSource.read(sweep).get(0);
    assertThat(part.configuration().methods())
        .extracting(
            choice ->
                ChosenMethod.of(choice, part.configuration(), part.source()).settings().window())
        .containsExactly(3, 5);
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    assertThatThrownBy(() -> settings(folder.resolve("none.yaml")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.yaml: no such configuration file");
    Path alone = write("alone.yaml", "window: 3\n");
    assertThatThrownBy(() -> settings(alone))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("alone.yaml: extends is missing")
        .hasMessageContaining("released-coco-videos, released-kitti-step");
    Path unknown = write("unknown.yaml", "extends: small\nwindo: 3\n");
    assertThatThrownBy(() -> settings(unknown))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown.yaml: unknown key 'windo'");
    Path base = write("base.yaml", "extends: smal\n");
    assertThatThrownBy(() -> settings(base))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("base.yaml: extends: unknown preset 'smal'");
    Path circle = write("circle.yaml", "extends: circle.yaml\n");
    assertThatThrownBy(() -> settings(circle))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("circle.yaml")
        .hasMessageContaining("in a circle");
    Path remote = write("remote.yaml", "extends: s3a://bucket/base.yaml\n");
    assertThatThrownBy(() -> settings(remote))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("must be local");
  }

  private static String output(String... arguments) {
    StringWriter out = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), arguments);
    assertThat(status).isZero();
    return out.toString();
  }

  @Test
  void theCommandPrintsTheCommentedFileAndEveryValueOfAPreset() throws IOException {
    assertThat(output("presets")).isEqualTo(Presets.text());
    for (String name : Presets.names()) {
      Path printed = write(name + "-printed.yaml", "extends: small\n" + output("presets", name));
      assertThat(settings(printed)).isEqualTo(AdaptationSettings.preset(name, "test"));
    }
  }
}
