package io.videottt.model.features;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.videottt.base.InvalidInputException;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.Transfers;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A learned distance between two images: LPIPS (Zhang et al., "The unreasonable effectiveness of
 * deep features as a perceptual metric", 2018), 0 between equal images, the lower the better. Its
 * {@code forward} takes two batches of images, float32 [1, 3, H, W] in red, green, blue from -1 to
 * 1, and returns one number, as its authors' package does. Thread-confined.
 */
public final class PerceptualDistance implements AutoCloseable {

  private static final double HALF_RANGE = 127.5;

  private final String source;
  private final NetworkFile file;

  private PerceptualDistance(String source, NetworkFile file) {
    this.source = source;
    this.file = file;
  }

  /**
   * Loads a network.
   *
   * @param source its file, any Hadoop path
   * @throws InvalidInputException when it cannot be read or is none
   */
  public static PerceptualDistance load(String source, Configuration hadoop, Device device) {
    return new PerceptualDistance(source, NetworkFile.load(source, hadoop, device));
  }

  /** SHA-256 of the network's file: what numbers of it are comparable with. */
  public String fingerprint() {
    return file.fingerprint();
  }

  /**
   * The distance between images of one size.
   *
   * @param truth [height * width * 3], interleaved, unsigned bytes
   * @param image of the same size
   * @throws InvalidInputException when the network returns something else than one number
   */
  public double between(byte[] truth, byte[] image, int height, int width) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList output =
          file.network().forward(input(truth, height, width), input(image, height, width));
      if (output.size() != 1 || output.get(0).size() != 1) {
        throw new InvalidInputException(
            "%s: returns %s for a pair of images, not one number"
                .formatted(source, output.stream().map(NDArray::getShape).toList()));
      }
      double distance = Transfers.number(output.get(0).toType(DataType.FLOAT32, false).flatten());
      if (!Double.isFinite(distance)) {
        throw new InvalidInputException(
            "%s: the distance between two images is no number".formatted(source));
      }
      return distance;
    }
  }

  private NDArray input(byte[] image, int height, int width) {
    NDManager manager = file.network().manager();
    return ImageTensors.upload(manager, List.of(image), height, width)
        .transpose(0, 3, 1, 2)
        .toType(DataType.FLOAT32, false)
        .div(NativeArrays.scalar(manager, HALF_RANGE))
        .sub(1);
  }

  @Override
  public void close() {
    file.network().close();
  }
}
