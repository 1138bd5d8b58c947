package io.videottt.jobs.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.videottt.model.tensor.LinearLayers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the speed of a benchmark depends on beside the code, to be printed with its numbers. */
public final class BenchEnvironment {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL_NAME = "model name";

  /** Variables that the engine's libraries read when they start. */
  private static final List<String> VARIABLES =
      List.of(
          "OMP_NUM_THREADS",
          "OMP_WAIT_POLICY",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_TOP_PAD_",
          "NVIDIA_TF32_OVERRIDE",
          "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE");

  private BenchEnvironment() {}

  /**
   * The environment of this process.
   *
   * @param device that the benchmark runs on
   * @return what is known, by name
   */
  public static Map<String, String> of(Device device) {
    Map<String, String> environment = new LinkedHashMap<>();
    Engine engine = Engine.getInstance();
    environment.put("engine", engine.getEngineName() + " " + engine.getVersion());
    environment.put("device", device.toString());
    environment.put("processor", processor());
    environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    environment.put(
        "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    environment.put("java", Runtime.version().toString());
    environment.put("linear_layers", LinearLayers.ofMachine().description());
    VARIABLES.forEach(name -> environment.put(name, System.getenv().getOrDefault(name, "not set")));
    return environment;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(MODEL_NAME))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
