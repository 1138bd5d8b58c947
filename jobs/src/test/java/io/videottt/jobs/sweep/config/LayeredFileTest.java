package io.videottt.jobs.sweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayeredFileTest {

  private static final String BASE =
      """
      datasets: [{name: camvid, splits: [test], root: data}]
      models: [{label: small, joint: models/joint}]
      preset: small
      settings: {window: 4, learningRate: 3.0e-4, postProcessing: {detections: 7}}
      methods: [{method: online-ttt-mae}]
      threads: 3
      """;

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<SweepSource> read(String name) {
    return SweepSource.read(folder.resolve(name));
  }

  private SweepConfiguration only(String name) {
    List<SweepSource> parts = read(name);
    assertThat(parts).hasSize(1);
    return parts.get(0).configuration();
  }

  @Test
  void theKeysOfAFileReplaceThoseThatItExtendsAndMapsAreMerged() throws IOException {
    write("base.yaml", BASE);
    write(
        "top.yaml",
        """
        extends: base.yaml
        settings: {learningRate: , window: 8, postProcessing: {scoreThreshold: 0.5}}
        methods: [{method: tent-like}]
        threads:
        """);

    SweepConfiguration top = only("top.yaml");

    assertThat(top.settings())
        .isEqualTo(
            Map.of("window", 8, "postProcessing", Map.of("detections", 7, "scoreThreshold", 0.5)));
    assertThat(top.methods()).extracting("method").containsExactly("tent-like");
    assertThat(top.threads()).isEqualTo(1);
    assertThat(top.preset()).isEqualTo("small");
  }

  @Test
  void laterFilesAreLaidOverEarlierOnes() throws IOException {
    write("base.yaml", BASE);
    write("more.yaml", "threads: 5\nseeds: [1]\n");
    write("top.yaml", "extends: [base.yaml, more.yaml]\nseeds: [2]\n");

    assertThat(only("top.yaml").threads()).isEqualTo(5);
    assertThat(only("top.yaml").seeds()).containsExactly(2L);
  }

  @Test
  void pathsAreRelativeToTheFileThatStatesThem() throws IOException {
    write("deep/base.yaml", BASE + "trainingImages: {dataset: camvid, split: train, root: t}\n");
    write("top.yaml", "extends: deep/base.yaml\n");

    SweepConfiguration top = only("top.yaml");

    assertThat(top.models().get(0).joint())
        .isEqualTo(folder.resolve("deep/models/joint").toString());
    assertThat(top.datasets().get(0).root()).isEqualTo(folder.resolve("deep/data").toString());
    assertThat(top.trainingImages().root()).isEqualTo(folder.resolve("deep/t").toString());
    write("top.yaml", "extends: deep/base.yaml\nmodels: [{label: a, joint: j}]\n");
    assertThat(only("top.yaml").models().get(0).joint()).isEqualTo(folder.resolve("j").toString());
  }

  @Test
  void sweepsOfSweepsAreAllTheirPartsWithTheKeysOfTheFileOverEach() throws IOException {
    write("base.yaml", BASE);
    write("two.yaml", "sweeps:\n  - base.yaml\n  - {extends: base.yaml, seeds: [7]}\n");
    write("all.yaml", "sweeps: [two.yaml, base.yaml]\nthreads: 2\n");

    List<SweepSource> parts = read("all.yaml");

    assertThat(parts).extracting(p -> p.configuration().seeds().get(0)).containsExactly(0L, 7L, 0L);
    assertThat(parts).allMatch(part -> part.configuration().threads() == 2);
    write("top.yaml", "extends: two.yaml\nthreads: 6\n");
    assertThat(read("top.yaml")).hasSize(2).allMatch(p -> p.configuration().threads() == 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extends: missing.yaml | missing.yaml: no such configuration file",
        "extends: [] | extends is no list of files or is empty",
        "extends: 0003 | 0003: no such configuration file",
        "extends: [{a: 1}] | extends: '{\"a\":1}' is no name of a file",
        "extends: s3a://bucket/base.yaml | configuration files must be local",
        "sweeps: base.yaml | sweeps is no list of files or is empty",
        "sweeps: [[base.yaml]] | is no name of a file",
        "extends: base.yaml\\nsweeps: [base.yaml] | stand side by side",
        "extends: [base.yaml, two.yaml] | each must be one sweep",
        "extends: top.yaml | the files lead in a circle: top.yaml -> top.yaml",
        "sweeps: [other.yaml] | top.yaml -> other.yaml -> top.yaml",
        "extends: base.yaml\\nspeed: 3 | unknown key 'speed'",
        "sweeps: [{extends: base.yaml, speed: 3}] | unknown key 'speed'",
        "extends: base.yaml\\nmethods: [] | (extends base.yaml): methods is missing or empty",
        "extends: novalue.yaml | settings: window has no value",
        "extends: list.yaml | list.yaml: expected keys and values",
        "extends: empty.yaml | empty.yaml: the file is empty",
        "extends: deep0.yaml | more than 8 deep",
        "sweeps: [wide0.yaml] | more than 256 files",
      })
  void whatCannotBePutTogetherIsOneOrTwoLines(String text, String message) throws IOException {
    write("base.yaml", BASE);
    write("two.yaml", "sweeps: [base.yaml, base.yaml]\n");
    write("other.yaml", "extends: top.yaml\n");
    write("list.yaml", "- a\n");
    write("empty.yaml", "");
    write("novalue.yaml", BASE.replace("window: 4", "window: "));
    for (int i = 0; i < 8; i++) {
      write("deep" + i + ".yaml", "extends: deep" + (i + 1) + ".yaml\n");
    }
    for (int i = 0; i < 3; i++) {
      String next = i == 2 ? "base.yaml" : "wide" + (i + 1) + ".yaml";
      write("wide" + i + ".yaml", "sweeps: [" + (next + ", ").repeat(15) + next + "]\n");
    }
    write("top.yaml", text.replace("\\n", "\n") + "\n");

    assertThatThrownBy(() -> read("top.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
  }
}
