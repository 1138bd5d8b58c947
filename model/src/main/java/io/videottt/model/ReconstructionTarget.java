package io.videottt.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.model.tensor.TensorFunctions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The image that a reconstruction decoder g is to give back. The paper's is the image itself; the
 * others take off what exposure, haze and a cast change first: with them the error is about
 * structure instead of light.
 *
 * <p>A g learns one of them and is of no use for another, so that a model's {@code config.json}
 * names the one of its g ({@link ModelConfiguration#target()}).
 */
public enum ReconstructionTarget {
  /** The image in normalised colour, as in the paper and its released code. */
  @JsonProperty("pixels")
  PIXELS("pixels") {
    @Override
    NDArray of(NDArray images, int patch) {
      return images;
    }
  },

  /** {@code (x - mean) / sqrt(variance + 1e-3)}, of every image and channel by itself. */
  @JsonProperty("image-standardised")
  IMAGE_STANDARDISED("image-standardised") {
    @Override
    NDArray of(NDArray images, int patch) {
      return TensorFunctions.call(images.getManager(), "standardise_images", images, EPSILON);
    }
  },

  /**
   * The same of every patch of the mask and channel by itself, after the normalised pixels of He et
   * al. ("Masked Autoencoders Are Scalable Vision Learners", 2021), whose statistics are over a
   * patch's three channels together. A patch that the image's edge cuts has the statistics of its
   * pixels within the image.
   */
  @JsonProperty("patch-standardised")
  PATCH_STANDARDISED("patch-standardised") {
    @Override
    NDArray of(NDArray images, int patch) {
      return TensorFunctions.call(
          images.getManager(), "standardise_patches", images, patch, EPSILON);
    }
  };

  /** Added to the variance, so that what is of one colour becomes 0 and not noise. */
  static final double EPSILON = 1e-3;

  private final String id;

  ReconstructionTarget(String id) {
    this.id = id;
  }

  /** Name in settings, in {@code config.json} and in file names. */
  public String id() {
    return id;
  }

  /** The names of all targets. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(ReconstructionTarget::id).toList();
  }

  /** The target of a name, empty where there is none. */
  public static Optional<ReconstructionTarget> of(String id) {
    return Arrays.stream(values()).filter(target -> target.id.equals(id)).findFirst();
  }

  /**
   * The target of images.
   *
   * @param images [B, 3, H, W] normalised colours, without the padding of the encoder's input
   * @param patch side of the mask's patches in pixels, at least 1
   * @return [B, 3, H, W], a constant to autograd
   */
  abstract NDArray of(NDArray images, int patch);
}
