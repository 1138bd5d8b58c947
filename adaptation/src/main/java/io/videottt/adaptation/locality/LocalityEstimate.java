package io.videottt.adaptation.locality;

import io.videottt.metrics.LocalityBound;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The constants of the bound behind the window size (method.md, Section 8), estimated on a sample
 * of frames; see {@link LocalityProbe}.
 *
 * @param steps distances of neighbouring frames: root mean square over pixels and channels, in
 *     normalised colour
 * @param sensitivities distances of the main loss's gradients at two annotated frames over the
 *     frames' own distance; none where the frames are equal
 * @param gap frames between the two on average; 1 where every frame is annotated
 * @param scale the factor c of the self-supervised gradient that makes it most like the main one in
 *     the least-squares sense, 0 where no positive factor does
 * @param cosine of the angle between the two gradients, over the whole sample
 * @param variance sigma^2: of the difference of the main and c times the self-supervised gradient
 *     over the sample, its mean taken off
 * @param bias the share of that mean in the difference's second moment, within 0 and 1; the theory
 *     assumes 0
 */
public record LocalityEstimate(
    List<Double> steps,
    List<Double> sensitivities,
    double gap,
    double scale,
    double cosine,
    double variance,
    double bias)
    implements Serializable {

  private static final double HIGH = 0.95;

  /** Keeps the lists from being changed. */
  public LocalityEstimate {
    steps = List.copyOf(steps);
    sensitivities = List.copyOf(sensitivities);
    if (steps.isEmpty() || sensitivities.size() > steps.size()) {
      throw new IllegalArgumentException(
          "%d steps and %d sensitivities".formatted(steps.size(), sensitivities.size()));
    }
  }

  /** Number of frames that were sampled. */
  public int frames() {
    return steps.size();
  }

  /** eta, the mean distance of neighbouring frames. */
  public double meanStep() {
    return mean(steps);
  }

  /** eta's 95th percentile: the assumption is one on the largest distance. */
  public double highStep() {
    return percentile(steps, HIGH);
  }

  /** beta, on average. */
  public double meanSensitivity() {
    return mean(sensitivities);
  }

  /** beta's 95th percentile: the assumption is one on the largest ratio. */
  public double highSensitivity() {
    return percentile(sensitivities, HIGH);
  }

  /** The bound with the average constants. */
  public LocalityBound average() {
    return new LocalityBound(meanStep(), meanSensitivity(), variance);
  }

  /** The bound with the 95th percentiles. */
  public LocalityBound cautious() {
    return new LocalityBound(highStep(), highSensitivity(), variance);
  }

  /**
   * One estimate of several videos: distances put together, the other values averaged with the
   * videos' frames as weights.
   */
  public static LocalityEstimate pooled(List<LocalityEstimate> videos) {
    int frames = videos.stream().mapToInt(LocalityEstimate::frames).sum();
    double gap = 0;
    double scale = 0;
    double cosine = 0;
    double variance = 0;
    double bias = 0;
    for (LocalityEstimate video : videos) {
      double weight = video.frames() / (double) frames;
      gap += weight * video.gap;
      scale += weight * video.scale;
      cosine += weight * video.cosine;
      variance += weight * video.variance;
      bias += weight * video.bias;
    }
    return new LocalityEstimate(
        joined(videos.stream().map(LocalityEstimate::steps)),
        joined(videos.stream().map(LocalityEstimate::sensitivities)),
        gap,
        scale,
        cosine,
        variance,
        bias);
  }

  private static List<Double> joined(Stream<List<Double>> lists) {
    return lists.flatMap(List::stream).collect(Collectors.toList());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(0);
  }

  /** Linear between the order statistics; 0 of nothing, as the mean. */
  static double percentile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return 0;
    }
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    Arrays.sort(sorted);
    double position = share * (sorted.length - 1);
    int lower = (int) position;
    int upper = Math.min(lower + 1, sorted.length - 1);
    return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
  }
}
