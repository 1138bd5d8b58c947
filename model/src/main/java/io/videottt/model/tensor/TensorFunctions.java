package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Differentiable functions that the engine's Java interface lacks or does otherwise: they run in
 * TorchScript, see {@code tensor_functions.py}. Numbers handed over here are owned by the native
 * side, so that, unlike {@code NDArray.mul(Number)}, {@link #scale} is safe under autograd.
 *
 * <p>Results are attached to the first argument's manager and to the current {@link
 * ai.djl.ndarray.NDScope}.
 */
public final class TensorFunctions {

  private static final TorchScript FUNCTIONS =
      new TorchScript(TensorFunctions.class, "tensor_functions.py");

  private TensorFunctions() {}

  public static NDArray call(NDManager manager, String function, Object... arguments) {
    return FUNCTIONS.call(manager, function, arguments);
  }

  /**
   * Bilinear resize, corners not aligned, without antialiasing: what Mask2Former calls
   * interpolation.
   *
   * @param input [B, C, h, w]
   * @return [B, C, height, width]
   */
  public static NDArray resizeBilinear(NDArray input, long height, long width) {
    return call(input.getManager(), "resize_bilinear", input, height, width);
  }

  /**
   * Bilinear samples, zero outside, corners not aligned.
   *
   * @param input [B, C, h, w]
   * @param grid [B, Y, X, 2], (x, y) in [-1, 1]
   * @return [B, C, Y, X]
   */
  public static NDArray gridSample(NDArray input, NDArray grid) {
    return call(input.getManager(), "grid_sample", input, grid);
  }

  /**
   * Group normalisation, epsilon 1e-5.
   *
   * @param input [B, C, H, W]
   */
  public static NDArray groupNorm(NDArray input, long groups, NDArray weight, NDArray bias) {
    return call(input.getManager(), "group_norm", input, groups, weight, bias);
  }

  /** Normalises over the last dimension. */
  public static NDArray layerNorm(NDArray input, NDArray weight, NDArray bias, double epsilon) {
    return call(input.getManager(), "layer_norm", input, weight, bias, epsilon);
  }

  /** Cyclic shift along the dimensions. */
  static NDArray roll(NDArray input, long[] shifts, long[] dimensions) {
    return call(input.getManager(), "roll", input, shifts, dimensions);
  }

  /** input weight^T + bias over the last dimension. */
  public static NDArray linear(NDArray input, NDArray weight, NDArray bias) {
    return call(input.getManager(), "linear", input, weight, bias);
  }

  /**
   * Two-dimensional convolution with bias.
   *
   * @param input [B, C, H, W]
   */
  public static NDArray convolution(
      NDArray input, NDArray weight, NDArray bias, long stride, long padding) {
    return call(input.getManager(), "conv2d", input, weight, bias, stride, padding);
  }

  /** Two-dimensional convolution without bias. */
  static NDArray convolution(NDArray input, NDArray weight, long stride, long padding) {
    return call(input.getManager(), "conv2d_without_bias", input, weight, stride, padding);
  }

  /**
   * Reads channels (c, p, q) as the pixels of patches.
   *
   * @param input [B, C * factor * factor, H, W]
   * @return [B, C, H * factor, W * factor]
   */
  static NDArray pixelShuffle(NDArray input, long factor) {
    return call(input.getManager(), "pixel_shuffle", input, factor);
  }

  /** input * factor, safe under autograd. */
  public static NDArray scale(NDArray input, double factor) {
    return call(input.getManager(), "scale", input, factor);
  }

  /**
   * softmax(query key^T / sqrt(D)) value.
   *
   * @param query [B, heads, Q, D]
   * @param key [B, heads, K, D]
   * @param value [B, heads, K, D]
   */
  static NDArray attention(NDArray query, NDArray key, NDArray value) {
    return call(query.getManager(), "attention", query, key, value);
  }

  /**
   * Cross-entropy, the mean over the targets that are not ignored (weighted by their class).
   *
   * @param logits [N, K] or [B, K, H, W]
   * @param targets int64, [N] or [B, H, W]
   * @param classWeights [K]
   */
  public static NDArray crossEntropy(
      NDArray logits, NDArray targets, NDArray classWeights, long ignoredTarget) {
    return call(logits.getManager(), "cross_entropy", logits, targets, classWeights, ignoredTarget);
  }

  /** Binary cross-entropy of logits, element by element. */
  static NDArray binaryCrossEntropy(NDArray logits, NDArray targets) {
    return call(logits.getManager(), "binary_cross_entropy", logits, targets);
  }

  /** Mean of the squared differences. */
  static NDArray meanSquaredError(NDArray input, NDArray target) {
    return call(input.getManager(), "mean_squared_error", input, target);
  }

  /** Copies every source into its target in place. */
  public static void copyAll(List<NDArray> targets, List<NDArray> sources) {
    if (!targets.isEmpty()) {
      call(targets.get(0).getManager(), "copy_all", targets, sources).close();
    }
  }

  /** Zeroes in place. */
  public static void zeroAll(List<NDArray> targets) {
    if (!targets.isEmpty()) {
      call(targets.get(0).getManager(), "zero_all", targets).close();
    }
  }

  /** Whether no tensor holds a NaN or an infinity. */
  public static boolean allFinite(List<NDArray> tensors) {
    try (NDArray finite = call(tensors.get(0).getManager(), "all_finite", tensors)) {
      return Transfers.truth(finite);
    }
  }
}
