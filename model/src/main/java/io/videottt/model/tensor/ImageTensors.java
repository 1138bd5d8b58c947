package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Turns images into the network's input (method.md, Section 1). */
public final class ImageTensors {

  /** Colour channels of an image. */
  public static final int COLOURS = 3;

  private static final float[] MEAN = {123.675f, 116.280f, 103.530f};
  private static final float[] DEVIATION = {58.395f, 57.120f, 57.375f};
  private static final float[][] NORMALISED = table();

  private ImageTensors() {}

  /**
   * Normalises images of one size: each channel minus ImageNet's mean, over its standard deviation.
   *
   * @param manager owns the result
   * @param images each [height * width * 3], interleaved red, green, blue, unsigned bytes
   * @param height rows
   * @param width columns
   * @return [B, 3, height, width]
   * @throws IllegalArgumentException if there is no image or one has another size
   */
  public static NDArray normalise(NDManager manager, List<byte[]> images, int height, int width) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one image");
    }
    int pixels = Math.multiplyExact(height, width);
    float[] values = new float[Math.multiplyExact(images.size(), COLOURS * pixels)];
    int plane = 0;
    for (byte[] image : images) {
      if (image.length != COLOURS * pixels) {
        throw new IllegalArgumentException(
            "an image of %d x %d pixels has %d bytes, not %d"
                .formatted(height, width, COLOURS * pixels, image.length));
      }
      for (int colour = 0; colour < COLOURS; colour++) {
        float[] normalised = NORMALISED[colour];
        for (int pixel = 0, source = colour; pixel < pixels; pixel++, source += COLOURS) {
          values[plane + pixel] = normalised[image[source] & 0xFF];
        }
        plane += pixels;
      }
    }
    return NativeArrays.of(manager, values, new Shape(images.size(), COLOURS, height, width));
  }

  /** What is subtracted from red, green and blue: ImageNet's mean. */
  public static float[] mean() {
    return MEAN.clone();
  }

  /** What they are divided by then: ImageNet's standard deviation. */
  public static float[] deviation() {
    return DEVIATION.clone();
  }

  /**
   * The input of a whole, unmasked image: a fourth channel of ones.
   *
   * @param normalised [B, 3, H, W]
   * @return [B, 4, H, W]
   */
  public static NDArray unmasked(NDArray normalised) {
    Shape shape = normalised.getShape();
    NDArray visible =
        normalised.getManager().ones(new Shape(shape.get(0), 1, shape.get(2), shape.get(3)));
    return NDArrays.concat(new NDList(normalised, visible), 1);
  }

  /**
   * The input of a masked image: dropped pixels are 0 after normalisation, the fourth channel says
   * which.
   *
   * @param normalised [B, 3, H, W]
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @return [B, 4, H, W]
   */
  public static NDArray masked(NDArray normalised, NDArray visible) {
    return NDArrays.concat(new NDList(normalised.mul(visible), visible), 1);
  }

  private static float[][] table() {
    float[][] table = new float[COLOURS][256];
    for (int colour = 0; colour < COLOURS; colour++) {
      for (int value = 0; value < 256; value++) {
        table[colour][value] = (value - MEAN[colour]) / DEVIATION[colour];
      }
    }
    return table;
  }
}
