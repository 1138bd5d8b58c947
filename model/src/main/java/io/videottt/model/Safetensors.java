package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads and writes named tensors in the safetensors format. */
public final class Safetensors {

  private Safetensors() {}

  /**
   * Reads all tensors.
   *
   * @param manager that they are attached to, on its device, as float32
   * @return in the order of the file
   * @throws io.videottt.metrics.InvalidInputException when the file is missing, damaged, truncated
   *     or of another format
   */
  public static Map<String, NDArray> read(Path file, Configuration hadoop, NDManager manager) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes tensors as float32; the file appears whole or not at all.
   *
   * @throws io.videottt.metrics.InvalidInputException when the file cannot be written
   */
  public static void write(Path file, Configuration hadoop, Map<String, NDArray> tensors) {
    throw new UnsupportedOperationException();
  }
}
