package io.videottt.model;

import ai.djl.ndarray.NDArray;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;

/**
 * Every pixel's distribution over the classes, at the resolution of the network's own output, a
 * quarter of the input's: what losses without labels are made of. All of it may be recorded for
 * gradients.
 *
 * @param logProbabilities [B, K, H/4, W/4], natural logarithms
 */
public record PixelDistribution(NDArray logProbabilities) {

  /** Marks the pixels without a label. */
  private static final long IGNORED = PixelCrossEntropy.IGNORED;

  private static final int CLASS_DIMENSION = 1;

  /**
   * Labels for the pixels of a batch.
   *
   * @param classes int64 [B, H/4, W/4], 255 where there is no label
   */
  public record Labels(NDArray classes) {

    /** The number of pixels that have a label, an int64 scalar on the device. */
    public NDArray count() {
      return TensorFunctions.call(classes.getManager(), "count_labels", classes, IGNORED);
    }
  }

  /**
   * The entropy of a pixel's distribution, in nats, averaged over all pixels of the batch (Wang et
   * al., "Tent", 2021).
   *
   * @return scalar, from 0 to log K
   */
  public NDArray meanEntropy() {
    return TensorFunctions.call(logProbabilities.getManager(), "mean_entropy", logProbabilities);
  }

  /**
   * The most probable class of the pixels whose probability for it lies above a threshold.
   *
   * @param threshold from 0, which labels every pixel, to 1, which labels none
   */
  public Labels confidentLabels(double threshold) {
    return new Labels(
        TensorFunctions.call(
            logProbabilities.getManager(),
            "confident_labels",
            logProbabilities,
            threshold,
            IGNORED));
  }

  /**
   * The negative logarithm of the labels' probabilities, summed over the pixels that have a label.
   *
   * @return scalar, 0 if there is no label
   */
  public NDArray crossEntropySum(Labels labels) {
    return TensorFunctions.call(
        logProbabilities.getManager(),
        "likelihood_loss_sum",
        logProbabilities,
        labels.classes(),
        IGNORED);
  }

  /** The number of pixels of the batch that each class is the most probable one of. */
  public long[] histogram() {
    long[] histogram = new long[Math.toIntExact(logProbabilities.getShape().get(CLASS_DIMENSION))];
    for (long label : Transfers.longs(logProbabilities.argMax(CLASS_DIMENSION))) {
      histogram[(int) label]++;
    }
    return histogram;
  }
}
