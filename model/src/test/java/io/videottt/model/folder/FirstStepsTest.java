package io.videottt.model.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.model.tensor.FirstUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Threads of one process that take their first steps at once get the numbers of a thread that is
 * alone, in processes that are new each time, since much is made at the first use only.
 */
class FirstStepsTest {

  private static final Path MODELS = Path.of("..", "conf", "models");
  private static final List<String> NETWORKS = List.of("demo", "demo-mask2former");
  private static final int THREADS = 2;

  /** What a step computes: two encodings, a reconstruction, its way back, a head and its scores. */
  private static final int COMPUTATIONS = 6;

  @TempDir private Path temporary;

  @Test
  void firstStepsAtOnceEqualThoseOfAThreadAlone() throws Exception {
    for (String network : NETWORKS) {
      requireEqual(network, 2, 6);
    }
  }

  @Test
  @Tag("faults")
  void twoHundredFirstStepsAtOnceEqualThoseOfAThreadAlone() throws Exception {
    for (String network : NETWORKS) {
      requireEqual(network, 100, 2);
    }
  }

  @Test
  void theEngineMakesFewerPrimitivesThanTheGateReckonsWith() throws Exception {
    for (String network : NETWORKS) {
      List<String> output = run(network, 1, 1, Map.of("ONEDNN_VERBOSE", "profile_create"));
      long made = output.stream().filter(line -> line.contains("create:cache_miss")).count();
      assertThat(made).as(network).isBetween(1L, COMPUTATIONS * FirstUse.PRIMITIVES_EACH / 2L);
    }
  }

  private void requireEqual(String network, int processes, int sizes) throws Exception {
    List<String> alone = run(network, 1, sizes, Map.of());
    assertThat(alone).hasSize(sizes);
    List<String> expected = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      expected.addAll(alone);
    }
    for (int process = 0; process < processes; process++) {
      assertThat(run(network, THREADS, sizes, Map.of()))
          .as("%s, process %d", network, process)
          .isEqualTo(expected);
    }
  }

  private List<String> run(String network, int threads, int sizes, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + temporary.resolve("crash.log"),
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-cp",
            System.getProperty("java.class.path"),
            FirstSteps.class.getName(),
            MODELS.resolve(network).resolve("joint").toString(),
            Integer.toString(threads),
            Integer.toString(sizes)));
    Path output = Files.createTempFile(temporary, "first-steps", ".txt");
    Path errors = Files.createTempFile(temporary, "first-steps", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("OMP_WAIT_POLICY", "PASSIVE");
    builder.environment().putAll(variables);
    int status = builder.start().waitFor();
    assertThat(status).as(() -> describe(output, errors)).isZero();
    try (Stream<String> lines = Files.lines(output)) {
      return lines.toList();
    }
  }

  private static String describe(Path output, Path errors) {
    try {
      return Files.readString(output) + Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
