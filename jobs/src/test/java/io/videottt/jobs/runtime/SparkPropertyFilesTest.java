package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.cli.SparkOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The property files in conf/spark and what belongs to them. */
class SparkPropertyFilesTest {

  private static final Path FOLDER = Path.of("../conf/spark");

  @TempDir private Path folder;

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).filter(file -> file.toString().endsWith(".conf"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void videoIdsStayText(Path file) {
    assertThat(SparkOptions.read(file))
        .containsEntry("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.conf", "standalone-gpu.conf", "yarn.conf", "kubernetes.conf"})
  void aVideoRunsOnceAtATimeAndAgainWhenItsExecutorIsLost(String name) {
    assertThat(SparkOptions.read(FOLDER.resolve(name)))
        .containsEntry("spark.speculation", "false")
        .containsEntry("spark.task.maxFailures", "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone-gpu.conf", "yarn.conf", "kubernetes.conf"})
  void aClusterGivesEveryTaskAGpuOfItsOwn(String name) {
    Map<String, String> properties = SparkOptions.read(FOLDER.resolve(name));
    assertThat(properties)
        .containsAllEntriesOf(ExecutorEnvironment.PROPERTIES)
        .containsEntry("spark.executor.resource.gpu.amount", "1")
        .containsEntry("spark.task.resource.gpu.amount", "1")
        .containsEntry("spark.task.cpus", properties.get("spark.executor.cores"));
    assertThat(properties.get("spark.executor.extraJavaOptions")).contains("ai.djl.offline=true");
  }

  @Test
  void theGpusAreThoseOfTheDriver() throws IOException, InterruptedException {
    Path driver = folder.resolve("nvidia-smi");
    Files.writeString(driver, "#!/bin/sh\nprintf '0\\n1\\n 3\\n'\n");
    assertThat(driver.toFile().setExecutable(true)).isTrue();
    assertThat(discover(Map.of("PATH", folder + ":" + System.getenv("PATH"))))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\",\"3\"]}");
  }

  @Test
  void theGpusAreThoseThatAreVisible() throws IOException, InterruptedException {
    assertThat(discover(Map.of("CUDA_VISIBLE_DEVICES", "2,5")))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"2\",\"5\"]}");
  }

  private static String discover(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(FOLDER.resolve("discover-gpus.sh").toString());
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return out;
  }
}
