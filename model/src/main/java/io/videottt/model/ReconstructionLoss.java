package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.TensorFunctions;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * l_s: the self-supervised loss of masked autoencoding, the mean squared error between the
 * reconstruction of the masked image and the {@link ReconstructionTarget target} made of the image.
 *
 * <p>The paper (Section 3.1) compares the removed patches only; its released code averages over all
 * pixels. Both are here.
 *
 * @param target what is to be reconstructed
 * @param patch side of the mask's patches in pixels, at least 1
 * @param maskedPixelsOnly whether to average over the dropped pixels only
 */
public record ReconstructionLoss(ReconstructionTarget target, int patch, boolean maskedPixelsOnly) {

  /** Checks the values. */
  public ReconstructionLoss {
    Objects.requireNonNull(target, "target");
    if (patch < 1) {
      throw new IllegalArgumentException("patch is " + patch + " but must be at least 1");
    }
  }

  /** The paper's: of the image as it is. */
  public static ReconstructionLoss ofPixels(boolean maskedPixelsOnly) {
    return new ReconstructionLoss(ReconstructionTarget.PIXELS, 1, maskedPixelsOnly);
  }

  /**
   * Masks the images, encodes, reconstructs, compares.
   *
   * @param network f and g
   * @param normalised [B, 3, H, W] images that the targets are made of
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @return scalar; 0 if {@code maskedPixelsOnly} and no pixel is dropped
   */
  public NDArray of(Network network, NDArray normalised, NDArray visible) {
    FeatureMaps features = network.encode(ImageTensors.masked(normalised, visible));
    return of(network, features, normalised, visible);
  }

  /**
   * l_s in joint training: the same with drop path in the encoder.
   *
   * @param network f and g
   * @param normalised [B, 3, H, W] images that the targets are made of
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @param random source of the drop path's draws
   * @return scalar
   */
  public NDArray inTraining(
      Network network, NDArray normalised, NDArray visible, RandomGenerator random) {
    FeatureMaps features =
        network.encodeForTraining(ImageTensors.masked(normalised, visible), random);
    return of(network, features, normalised, visible);
  }

  private NDArray of(Network network, FeatureMaps features, NDArray normalised, NDArray visible) {
    Shape shape = normalised.getShape();
    NDArray reconstruction =
        network.reconstruct(features, Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3)));
    NDArray wanted = Autograd.withoutGradient(() -> target.of(normalised, patch));
    return between(reconstruction, wanted, visible);
  }

  /**
   * The loss of a reconstruction that is at hand already.
   *
   * @param reconstruction [B, 3, H, W]
   * @param wanted [B, 3, H, W] the target
   * @param visible [B, 1, H, W], 1 visible, 0 dropped
   * @return scalar; 0 if {@code maskedPixelsOnly} and no pixel is dropped
   */
  NDArray between(NDArray reconstruction, NDArray wanted, NDArray visible) {
    NDArray difference = reconstruction.sub(wanted);
    if (!maskedPixelsOnly) {
      return difference.mul(difference).mean();
    }
    return TensorFunctions.call(difference.getManager(), "masked_error", difference, visible);
  }
}
