package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Prediction;
import io.videottt.model.tensor.TorchScript;

/** The differentiable parts of Mask2Former's loss: see {@code mask_losses.py}. */
final class MaskLossFunctions {

  private static final TorchScript FUNCTIONS =
      new TorchScript(MaskLossFunctions.class, "mask_losses.py");

  private MaskLossFunctions() {}

  /**
   * What matching every target with every query of an image would cost.
   *
   * @param classLogits [Q, K + 1]
   * @param maskLogits [Q, P] at the sampled points
   * @param labels int64 [T], classes of the targets
   * @param targets [T, P]
   * @param weights of the three costs
   * @return [T, Q]
   */
  static NDArray matchingCosts(
      NDArray classLogits,
      NDArray maskLogits,
      NDArray labels,
      NDArray targets,
      Mask2FormerConfiguration.Loss weights) {
    return FUNCTIONS.call(
        maskLogits.getManager(),
        "matching_costs",
        classLogits,
        maskLogits,
        labels,
        targets,
        weights.classWeight(),
        weights.maskWeight(),
        weights.diceWeight());
  }

  /**
   * Picks masks.
   *
   * @param maps [B, Q, h, w]
   * @param indices int64 [N], image * Q + query
   * @return [N, 1, h, w]
   */
  static NDArray select(NDArray maps, NDArray indices) {
    return FUNCTIONS.call(maps.getManager(), "select", maps, indices);
  }

  /**
   * The points where a mask is least decided.
   *
   * @param logits [N, P]
   * @return int64 [N, count]
   */
  static NDArray leastCertain(NDArray logits, int count) {
    return FUNCTIONS.call(logits.getManager(), "least_certain", logits, count);
  }

  /**
   * Binary cross-entropy, averaged over points, summed over masks, over their number.
   *
   * @param logits [N, P]
   * @param targets [N, P]
   * @param masks what the sum is divided by
   */
  static NDArray binaryCrossEntropy(NDArray logits, NDArray targets, double masks) {
    return FUNCTIONS.call(logits.getManager(), "binary_cross_entropy", logits, targets, masks);
  }

  /**
   * One minus the smoothed dice coefficient, summed over masks, over their number.
   *
   * @param logits [N, P]
   * @param targets [N, P]
   * @param masks what the sum is divided by
   */
  static NDArray dice(NDArray logits, NDArray targets, double masks) {
    return FUNCTIONS.call(logits.getManager(), "dice", logits, targets, masks);
  }

  /**
   * Logarithm of every pixel's class scores, the mixture of the masks by their classes.
   *
   * @return [B, K, h, w]
   */
  static NDArray logMixture(Prediction.Queries prediction) {
    return FUNCTIONS.call(
        prediction.maskLogits().getManager(),
        "log_mixture",
        prediction.classLogits(),
        prediction.maskLogits());
  }
}
