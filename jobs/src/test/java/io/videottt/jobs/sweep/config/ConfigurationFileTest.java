package io.videottt.jobs.sweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.io.config.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {

  private static final String VALID =
      """
      datasets: [{name: camvid, splits: [test]}]
      models: [{label: small, joint: models/joint}]
      methods: [{method: online-ttt-mae, preset: small, settings: {window: 4}}]
      """;

  @TempDir private Path folder;

  private static SweepConfiguration parse(String text) {
    return StrictYaml.read(text, "sweep.yaml", SweepConfiguration.class);
  }

  @Test
  void aSweepFileGetsItsDefaults() {
    SweepConfiguration configuration = parse(VALID);

    assertThat(configuration.tasks()).containsExactly(Task.SEMANTIC);
    assertThat(configuration.seeds()).containsExactly(0L);
    assertThat(configuration.threads()).isEqualTo(1);
    assertThat(configuration.datasets().get(0).videos()).isEmpty();
    assertThat(configuration.methods().get(0).settings()).containsEntry("window", 4);
  }

  @Test
  void anUnknownKeyIsNamedWithTheFileAndTheKnownKeys() {
    assertThatThrownBy(() -> parse(VALID + "speed: 3\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "sweep.yaml: unknown key 'speed'\n"
                + "known here: datasets, methods, models, preset, provenance, seeds, settings,"
                + " tasks, threads, trainingImages");
  }

  @Test
  void anUnknownNestedKeyIsNamedWithItsPlace() {
    assertThatThrownBy(() -> parse(VALID.replace("splits:", "split: a, splits:")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown key 'datasets[0].split'")
        .hasMessageContaining("name, root, splits, videos");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seeds: [1, 1] | seeds: '1' stands twice",
        "threads: 0 | threads is 0",
        "threads: many | threads",
        "tasks: [depth] | unknown task 'depth', expected semantic, panoptic, instance",
        "threads: 1\\nthreads: 2 | the key 'threads' stands twice",
        "a: [ | not valid YAML",
      })
  void aBadValueIsOneOrTwoLines(String line, String message) {
    assertThatThrownBy(() -> parse(VALID + line.replace("\\n", "\n") + "\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sweep.yaml")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> parse("")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> new ConfigurationFile(missing).read(SweepConfiguration.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void aHugeFileIsRefusedBeforeItIsRead() throws IOException {
    Path huge = folder.resolve("huge.yaml");
    Files.write(huge, new byte[2 << 20]);
    assertThatThrownBy(() -> new ConfigurationFile(huge).read(SweepConfiguration.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void pathsAreRelativeToTheFile() {
    ConfigurationFile file = new ConfigurationFile(Path.of("/conf/sweeps/x.yaml"));
    assertThat(file.resolve("../models/a")).isEqualTo("/conf/models/a");
    assertThat(file.resolve("/models/a")).isEqualTo("/models/a");
    assertThat(file.resolve("s3a://bucket/models/a")).isEqualTo("s3a://bucket/models/a");
  }
}
