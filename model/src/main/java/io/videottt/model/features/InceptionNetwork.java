package io.videottt.model.features;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.videottt.base.InvalidInputException;
import io.videottt.metrics.FeatureMoments;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.ScriptedNetwork;
import io.videottt.model.tensor.Transfers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A classifier of images whose features and class probabilities the Frechet Inception Distance and
 * the Inception Score are made of. Its {@code forward} takes images, uint8 [B, 3, H, W] in red,
 * green, blue of any size, and returns a tuple: features [B, D] and probabilities [B, K]; scaling
 * and normalising are its own. Thread-confined.
 */
public final class InceptionNetwork implements AutoCloseable {

  private static final double ROUNDING = 1e-3;

  private final String source;
  private final NetworkFile file;

  private InceptionNetwork(String source, NetworkFile file) {
    this.source = source;
    this.file = file;
  }

  /**
   * What the network says of an image.
   *
   * @param features [D]
   * @param probabilities [K], their sum 1
   */
  public record View(float[] features, float[] probabilities) {}

  /**
   * Loads a network.
   *
   * @param source its file, any Hadoop path
   * @throws InvalidInputException when it cannot be read or is none
   */
  public static InceptionNetwork load(String source, Configuration hadoop, Device device) {
    return new InceptionNetwork(source, NetworkFile.load(source, hadoop, device));
  }

  /** SHA-256 of the network's file: what numbers of it are comparable with. */
  public String fingerprint() {
    return file.fingerprint();
  }

  /**
   * Looks at images of one size.
   *
   * @param images each [height * width * 3], interleaved, unsigned bytes
   * @return a view of each
   * @throws InvalidInputException when the network returns something else than it has to
   */
  public List<View> look(List<byte[]> images, int height, int width) {
    ScriptedNetwork network = file.network();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray input =
          ImageTensors.upload(network.manager(), images, height, width).transpose(0, 3, 1, 2);
      NDList output = network.forward(input);
      if (output.size() != 2) {
        throw new InvalidInputException(
            "%s: returns %d tensors, not the two of features and class probabilities"
                .formatted(source, output.size()));
      }
      float[] features = rows("features", output.get(0), images.size());
      float[] probabilities = rows("class probabilities", output.get(1), images.size());
      return IntStream.range(0, images.size())
          .mapToObj(
              image ->
                  new View(
                      row(features, image, images.size()),
                      distribution(row(probabilities, image, images.size()))))
          .toList();
    }
  }

  private float[] rows(String what, NDArray tensor, int images) {
    if (tensor.getShape().dimension() != 2
        || tensor.getShape().get(0) != images
        || tensor.getShape().get(1) < 1
        || tensor.getShape().get(1) > FeatureMoments.MOST_FEATURES) {
      throw new InvalidInputException(
          "%s: returns %s of shape %s for %d images, not [%d, 1 to %d]"
              .formatted(
                  source, what, tensor.getShape(), images, images, FeatureMoments.MOST_FEATURES));
    }
    float[] values = Transfers.floats(tensor.toType(DataType.FLOAT32, false));
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(
            "%s: returns %s that are no numbers".formatted(source, what));
      }
    }
    return values;
  }

  private static float[] row(float[] values, int image, int images) {
    int length = values.length / images;
    return Arrays.copyOfRange(values, image * length, (image + 1) * length);
  }

  private float[] distribution(float[] probabilities) {
    double sum = 0;
    for (float probability : probabilities) {
      if (probability < 0) {
        throw notProbabilities("one is " + probability);
      }
      sum += probability;
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      throw notProbabilities("their sum is " + (float) sum);
    }
    return probabilities;
  }

  private InvalidInputException notProbabilities(String why) {
    return new InvalidInputException(
        "%s: its second output holds no probabilities (%s); end it with softmax"
            .formatted(source, why));
  }

  @Override
  public void close() {
    file.network().close();
  }
}
