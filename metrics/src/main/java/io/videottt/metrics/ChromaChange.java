package io.videottt.metrics;

import java.util.OptionalDouble;

/**
 * How much chroma changes from a frame to the next one, in the prediction and in the truth: the
 * sums of the absolute differences of Cb and of Cr ({@link LumaChroma}) over all pixels. What the
 * prediction changes beyond the truth is flicker.
 *
 * @param prediction sum over the predictions of both frames
 * @param truth sum over their true colours
 * @param samples number of differences in each sum: two per pixel
 */
public record ChromaChange(double prediction, double truth, long samples) {

  /** Nothing compared. */
  public static final ChromaChange NONE = new ChromaChange(0, 0, 0);

  /** Checks the sums. */
  public ChromaChange {
    if (!(prediction >= 0) || !(truth >= 0) || samples < 0) {
      throw new IllegalArgumentException(
          "sums %s and %s of %d differences".formatted(prediction, truth, samples));
    }
  }

  /**
   * The changes between two frames of one size.
   *
   * @param predictionBefore chroma [2, pixels] of the earlier prediction
   * @param prediction of the later one
   * @param truthBefore of the earlier frame
   * @param truth of the later one
   */
  public static ChromaChange between(
      float[] predictionBefore, float[] prediction, float[] truthBefore, float[] truth) {
    return new ChromaChange(
        difference(predictionBefore, prediction), difference(truthBefore, truth), truth.length);
  }

  private static double difference(float[] before, float[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          "chroma of %d and of %d values".formatted(before.length, after.length));
    }
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs(after[i] - before[i]);
    }
    return sum;
  }

  /** Both together. */
  public ChromaChange plus(ChromaChange other) {
    return new ChromaChange(
        prediction + other.prediction, truth + other.truth, samples + other.samples);
  }

  /**
   * The mean change of the prediction less that of the truth, in units of chroma, of which there
   * are 255; negative where the prediction changes less than the truth.
   *
   * @return empty where nothing was compared
   */
  public OptionalDouble flicker() {
    return samples == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((prediction - truth) / samples);
  }
}
