package io.videottt.metrics;

import java.util.OptionalDouble;

/**
 * What the metrics of colorization are computed from, of one frame or of many.
 *
 * @param squaredError sum of the squared differences to the true colours, over pixels and channels
 * @param samples number of those differences: three per pixel
 * @param similarity sum over the map of structural similarity ({@link StructuralSimilarity})
 * @param similaritySamples number of the map's values, 0 where frames are smaller than its window
 */
public record ColourCounts(
    long squaredError, long samples, double similarity, long similaritySamples) {

  /** Nothing compared. */
  public static final ColourCounts NONE = new ColourCounts(0, 0, 0, 0);

  /** Checks the counts. */
  public ColourCounts {
    if (squaredError < 0
        || samples < 0
        || similaritySamples < 0
        || !(Math.abs(similarity) <= similaritySamples * (1 + 1e-9))) {
      throw new IllegalArgumentException(
          "error %d of %d, similarity %s of %d"
              .formatted(squaredError, samples, similarity, similaritySamples));
    }
  }

  /**
   * Compares an image with the true one.
   *
   * @param truth [height * width * 3] unsigned bytes
   * @param image of the same size
   */
  public static ColourCounts of(byte[] truth, byte[] image, int height, int width) {
    long squaredError = PeakSignalToNoise.squaredError(truth, image);
    return StructuralSimilarity.of(truth, image, height, width)
        .map(sum -> new ColourCounts(squaredError, truth.length, sum.similarity(), sum.samples()))
        .orElseGet(() -> new ColourCounts(squaredError, truth.length, 0, 0));
  }

  /** Both together. */
  public ColourCounts plus(ColourCounts other) {
    return new ColourCounts(
        squaredError + other.squaredError,
        samples + other.samples,
        similarity + other.similarity,
        similaritySamples + other.similaritySamples);
  }

  /** {@link PeakSignalToNoise}: decibels; empty without any error, where it is infinite. */
  public OptionalDouble peakSignalToNoise() {
    return PeakSignalToNoise.of(squaredError, samples);
  }

  /** Mean structural similarity, at most 1; empty where no window fits. */
  public OptionalDouble structuralSimilarity() {
    return similaritySamples == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(similarity / similaritySamples);
  }
}
