package io.videottt.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The values of some videos' frames, summed as they are and once per resample of a {@link
 * BlockBootstrap}. Those of further videos can be added, so that no video has to be kept.
 */
public final class ResampledSums {

  private final double[] sums;
  private final long[] counts;
  private double sum;
  private long count;

  ResampledSums(int resamples) {
    this.sums = new double[resamples];
    this.counts = new long[resamples];
  }

  /** Adds a part of the values as they are. */
  void add(double partSum, long partCount) {
    sum += partSum;
    count += partCount;
  }

  /** Adds a part of one resample. */
  void add(int resample, double partSum, long partCount) {
    sums[resample] += partSum;
    counts[resample] += partCount;
  }

  /**
   * Adds other videos.
   *
   * @param others of equally many resamples
   */
  public void add(ResampledSums others) {
    if (others.sums.length != sums.length) {
      throw new IllegalArgumentException(
          "%d resamples cannot be added to %d".formatted(others.sums.length, sums.length));
    }
    add(others.sum, others.count);
    for (int resample = 0; resample < sums.length; resample++) {
      add(resample, others.sums[resample], others.counts[resample]);
    }
  }

  /**
   * The mean over all values, with the interval that holds a share of the resampled means.
   *
   * @return empty when there is no value
   */
  Optional<ConfidenceInterval> mean(double confidence) {
    if (count == 0) {
      return Optional.empty();
    }
    double[] means = new double[sums.length];
    int drawn = 0;
    for (int resample = 0; resample < sums.length; resample++) {
      if (counts[resample] > 0) {
        means[drawn++] = sums[resample] / counts[resample];
      }
    }
    double[] sorted = Arrays.copyOf(means, drawn);
    Arrays.sort(sorted);
    double tail = (1 - confidence) / 2;
    return Optional.of(
        new ConfidenceInterval(sum / count, quantile(sorted, tail), quantile(sorted, 1 - tail)));
  }

  /** Linear interpolation between order statistics. */
  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
  }
}
