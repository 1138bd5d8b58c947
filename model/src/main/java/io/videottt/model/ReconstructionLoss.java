package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * l_s: the self-supervised loss of masked autoencoding, the mean squared error between the
 * reconstruction of the masked image and the image, in normalised colour.
 *
 * <p>The paper (Section 3.1) compares the removed patches only; its released code averages over all
 * pixels. Both are here.
 */
public final class ReconstructionLoss {

  private ReconstructionLoss() {}

  /**
   * Masks the images, encodes, reconstructs, compares.
   *
   * @param network f and g
   * @param normalised [B, 3, H, W] images, the targets
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @param maskedPixelsOnly whether to average over the dropped pixels only
   * @return scalar; 0 if {@code maskedPixelsOnly} and no pixel is dropped
   */
  public static NDArray of(
      Network network, NDArray normalised, NDArray visible, boolean maskedPixelsOnly) {
    FeatureMaps features = network.encode(ImageTensors.masked(normalised, visible));
    return of(network, features, normalised, visible, maskedPixelsOnly);
  }

  /**
   * l_s in joint training: the same with drop path in the encoder.
   *
   * @param network f and g
   * @param normalised [B, 3, H, W] images, the targets
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @param maskedPixelsOnly whether to average over the dropped pixels only
   * @param random source of the drop path's draws
   * @return scalar
   */
  public static NDArray inTraining(
      Network network,
      NDArray normalised,
      NDArray visible,
      boolean maskedPixelsOnly,
      RandomGenerator random) {
    FeatureMaps features =
        network.encodeForTraining(ImageTensors.masked(normalised, visible), random);
    return of(network, features, normalised, visible, maskedPixelsOnly);
  }

  private static NDArray of(
      Network network,
      FeatureMaps features,
      NDArray normalised,
      NDArray visible,
      boolean maskedPixelsOnly) {
    Shape shape = normalised.getShape();
    NDArray reconstruction =
        network.reconstruct(features, Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3)));
    return between(reconstruction, normalised, visible, maskedPixelsOnly);
  }

  /**
   * The loss of a reconstruction that is at hand already.
   *
   * @param reconstruction [B, 3, H, W]
   * @param normalised [B, 3, H, W] images
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @param maskedPixelsOnly whether to average over the dropped pixels only
   * @return scalar; 0 if {@code maskedPixelsOnly} and no pixel is dropped
   */
  static NDArray between(
      NDArray reconstruction, NDArray normalised, NDArray visible, boolean maskedPixelsOnly) {
    NDArray difference = reconstruction.sub(normalised);
    if (!maskedPixelsOnly) {
      return difference.mul(difference).mean();
    }
    NDArray dropped = visible.onesLike().sub(visible);
    NDArray error = difference.mul(dropped);
    double values = ImageTensors.COLOURS * (double) dropped.sum().getFloat();
    NDArray scale = NativeArrays.scalar(normalised.getManager(), values == 0 ? 0 : 1 / values);
    return error.mul(error).sum().mul(scale);
  }
}
