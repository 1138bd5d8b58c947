package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.ConfigurationReader;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;
import java.util.Optional;

/**
 * The padding of the encoder's input to sides that a number divides, as Mask2Former's and the
 * paper's code have it (detectron2's {@code size_divisibility}; method.md, Section 9.7): at the
 * right and at the bottom, after normalisation, with zeros in the colours and ones in the fourth
 * channel. What the network says about the padding is cut off behind it.
 *
 * <p>A folder's {@code config.json} or {@code preprocessor_config.json} may name the number under
 * {@link #KEYS}. Up to 4, a patch of Swin, nothing is padded here: the embedding fills up its last
 * patches with zeros itself, as the published encoder does.
 *
 * @param divisor of the padded sides, at least 1
 */
public record InputPadding(int divisor) {

  /** Leaves every input as it is. */
  public static final InputPadding NONE = new InputPadding(1);

  /** Names of the number, the first one is written. */
  public static final List<String> KEYS = List.of("size_divisor", "size_divisibility");

  private static final int PATCH = 4;
  private static final int LARGEST = 4096;

  /** What detectron2 writes for the backbone's own number, which is the architecture's here. */
  private static final int UNNAMED = -1;

  /** Every number that pads nothing is the same one. */
  public InputPadding {
    if (divisor < 1 || divisor > LARGEST) {
      throw new IllegalArgumentException("divisor is %d".formatted(divisor));
    }
    divisor = divisor <= PATCH ? 1 : divisor;
  }

  /**
   * What a JSON object names.
   *
   * @param source file, for messages
   * @return empty where it names nothing
   * @throws InvalidInputException when it names no number, or under both names different ones
   */
  public static Optional<InputPadding> named(JsonNode object, String source) {
    ConfigurationReader reader = new ConfigurationReader(object, source);
    Optional<InputPadding> named = Optional.empty();
    for (String key : KEYS) {
      int number = reader.integer(key, UNNAMED, UNNAMED, LARGEST);
      if (number == UNNAMED) {
        continue;
      }
      // Hugging Face's processors say 0 where they do not pad.
      InputPadding padding = new InputPadding(Math.max(1, number));
      if (named.isPresent() && !named.get().equals(padding)) {
        throw new InvalidInputException(
            "%s: %s differ; leave one of them out".formatted(source, String.join(" and ", KEYS)));
      }
      named = Optional.of(padding);
    }
    return named;
  }

  /** The length of a side with its padding. */
  public int side(int length) {
    return (length + divisor - 1) / divisor * divisor;
  }

  /** Whether no input is padded. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether an image of this size is padded. */
  public boolean pads(int height, int width) {
    return side(height) != height || side(width) != width;
  }

  /**
   * The padded input.
   *
   * @param images [B, 4, H, W]
   * @return [B, 4, side(H), side(W)]; the same tensor where nothing is to be padded
   */
  public NDArray pad(NDArray images) {
    return pad(images, 1);
  }

  /**
   * As above.
   *
   * @param visibility value of the fourth channel in the padding: 1, or 0 before joint training,
   *     where the channel is not used yet
   */
  public NDArray pad(NDArray images, double visibility) {
    int height = Math.toIntExact(images.getShape().get(2));
    int width = Math.toIntExact(images.getShape().get(3));
    return pads(height, width)
        ? TensorFunctions.call(
            images.getManager(),
            "pad_input",
            images,
            side(height) - height,
            side(width) - width,
            visibility)
        : images;
  }

  /**
   * Cuts the padding off a map at a quarter of the input's resolution.
   *
   * @param map [B, C, h, w] of the padded input
   * @param height rows of the input without its padding
   * @param width columns of the input without its padding
   * @return [B, C, ceil(height / 4), ceil(width / 4)]
   */
  public static NDArray cutQuarter(NDArray map, int height, int width) {
    int rows = (height + PATCH - 1) / PATCH;
    int columns = (width + PATCH - 1) / PATCH;
    Shape shape = map.getShape();
    return shape.get(2) == rows && shape.get(3) == columns
        ? map
        : TensorFunctions.call(map.getManager(), "cut", map, 2, rows, 3, columns);
  }
}
