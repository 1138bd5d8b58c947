package io.videottt.model.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How linear layers are computed in single precision. Which way is fastest depends on the processor
 * alone, so that results on one machine do not depend on what else it does while they are computed.
 */
public enum LinearLayers {
  /** By the engine's own matrix product. */
  ENGINE("dense.py", false, "the engine's"),

  /** By oneDNN's linear layers where no gradient is wanted, which they lack. */
  ONEDNN_INFERENCE("dense_onednn.py", false, "oneDNN's without gradients"),

  /**
   * By oneDNN throughout, with gradients as convolutions over one pixel. The engine's product is
   * that of MKL, which runs a fallback at half of oneDNN's speed where Intel has not made the
   * processor.
   */
  ONEDNN("dense_onednn.py", true, "oneDNN's");

  /** Stands in the source for whether layers with gradients are convolutions. */
  private static final String CONVOLVED = "CONVOLVED";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String VENDOR = "vendor_id";
  private static final String INTEL = "GenuineIntel";

  private final String resource;
  private final boolean convolved;
  private final String description;

  LinearLayers(String resource, boolean convolved, String description) {
    this.resource = resource;
    this.convolved = convolved;
    this.description = description;
  }

  /** Whose linear layers these are, in words. */
  public String description() {
    return description;
  }

  /** The fastest way on this machine. */
  public static LinearLayers ofMachine() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), PROCESSORS);
  }

  /**
   * The fastest way.
   *
   * @param system the operating system; the engine has oneDNN on Linux
   * @param architecture of the processor, which must be x86
   * @param processors file that tells the processor's maker; where it does not, the engine's
   *     product stays
   */
  static LinearLayers of(String system, String architecture, Path processors) {
    if (!system.startsWith("Linux") || !List.of("amd64", "x86_64").contains(architecture)) {
      return ENGINE;
    }
    try (Stream<String> lines = Files.lines(processors, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(VENDOR))
          .findFirst()
          .filter(line -> !line.contains(INTEL))
          .map(line -> ONEDNN)
          .orElse(ONEDNN_INFERENCE);
    } catch (IOException e) {
      return ONEDNN_INFERENCE;
    }
  }

  /** The functions {@code dense}, {@code dense_gelu} and {@code dense_relu}. */
  String source() {
    return TorchScript.ownMethods(resource).replace(CONVOLVED, convolved ? "True" : "False");
  }
}
