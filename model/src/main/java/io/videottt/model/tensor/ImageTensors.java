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

  private static final double[] MEAN = {123.675, 116.280, 103.530};
  private static final double[] DEVIATION = {58.395, 57.120, 57.375};

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
    return normalise(upload(manager, images, height, width));
  }

  /**
   * Images of one size as they are, on the manager's device.
   *
   * @param images each [height * width * 3], interleaved red, green, blue, unsigned bytes
   * @return uint8 [B, height, width, 3]
   * @throws IllegalArgumentException if there is no image or one has another size
   */
  public static NDArray upload(NDManager manager, List<byte[]> images, int height, int width) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one image");
    }
    int bytes = Math.multiplyExact(COLOURS, Math.multiplyExact(height, width));
    for (byte[] image : images) {
      if (image.length != bytes) {
        throw new IllegalArgumentException(
            "an image of %d x %d pixels has %d bytes, not %d"
                .formatted(height, width, bytes, image.length));
      }
    }
    return NativeArrays.of(manager, images, new Shape(images.size(), height, width, COLOURS));
  }

  /**
   * Normalises uploaded images where they are.
   *
   * @param images uint8 [B, H, W, 3]
   * @return [B, 3, H, W]
   */
  public static NDArray normalise(NDArray images) {
    return TensorFunctions.call(images.getManager(), "normalise_images", images, MEAN, DEVIATION);
  }

  /**
   * A window of an uploaded image.
   *
   * @param image uint8 [1, h, w, 3]
   * @param mirrored whether left and right change places in it
   * @return uint8 [1, height, width, 3]
   */
  public static NDArray cut(
      NDArray image, int top, int left, int height, int width, boolean mirrored) {
    return TensorFunctions.call(
        image.getManager(), "cut_image", image, top, left, height, width, mirrored);
  }

  /** What is subtracted from red, green and blue: ImageNet's mean. */
  public static float[] mean() {
    return single(MEAN);
  }

  /** What they are divided by then: ImageNet's standard deviation. */
  public static float[] deviation() {
    return single(DEVIATION);
  }

  private static float[] single(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
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
}
