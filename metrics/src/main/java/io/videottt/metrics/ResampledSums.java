package io.videottt.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The values of some videos' frames, summed as they are and once per resample of a {@link
 * BlockBootstrap}. Those of further videos can be added, so that no video's values have to be kept;
 * of every video the sums of {@value #KEPT} resamples stay, for videos to be drawn from.
 *
 * <p>There is no interval about these videos where one of them holds fewer than {@value
 * #FEWEST_BLOCKS} blocks: all resamples of so short a video are nearly the same. There is none
 * about videos of the kind with fewer than {@value #FEWEST_VIDEOS} of them, nor with fewer than
 * {@value #MANY_VIDEOS} where one is as short as that, nor where a single one holds most of the
 * frames.
 */
public final class ResampledSums {

  /** Blocks of the shortest video, at least. */
  static final int FEWEST_BLOCKS = 3;

  /** Videos to draw from, at least. */
  static final int FEWEST_VIDEOS = 3;

  /** Enough videos for what happens within one of them not to matter. */
  static final int MANY_VIDEOS = 10;

  private static final int KEPT = 100;

  /** Fewer effective videos than this are no more than one. */
  private static final double FEWEST_EFFECTIVE_VIDEOS = 2;

  /** Keeps the draws of videos apart from those within them. */
  private static final long VIDEOS = 0x71de_05L;

  /** The sums and numbers of values of a video's first resamples. */
  private record Video(double[] sums, int[] counts) {}

  private final int blockLength;
  private final double[] sums;
  private final long[] counts;
  private final List<Video> videos = new ArrayList<>();
  private double sum;
  private long count;
  private double squaredCounts;
  private int shortest = Integer.MAX_VALUE;
  private double degreesOfFreedom;
  private double drawnVariance;
  private double variance;
  private double lugsailVariance;

  ResampledSums(int blockLength, int resamples) {
    this.blockLength = blockLength;
    this.sums = new double[resamples];
    this.counts = new long[resamples];
  }

  /**
   * Adds a video.
   *
   * @param frames its values
   * @param length number of its frames
   * @param drawnSums [resamples] sum of the drawn values
   * @param drawnCounts [resamples] number of the drawn values
   */
  void addVideo(CircularFrames frames, int length, double[] drawnSums, int[] drawnCounts) {
    sum += frames.sum();
    count += frames.count();
    squaredCounts += (double) frames.count() * frames.count();
    for (int resample = 0; resample < sums.length; resample++) {
      sums[resample] += drawnSums[resample];
      counts[resample] += drawnCounts[resample];
    }
    videos.add(new Video(Arrays.copyOf(drawnSums, KEPT), Arrays.copyOf(drawnCounts, KEPT)));
    shortest = Math.min(shortest, length);
    if (length > blockLength) {
      degreesOfFreedom += (double) length / blockLength - 1;
      double own = frames.varianceOfSum(blockLength);
      variance += own;
      drawnVariance += own * (length - blockLength) / length;
      int half = blockLength / 2;
      lugsailVariance += half == 0 ? own : 2 * own - frames.varianceOfSum(half);
    }
  }

  /**
   * Adds other videos.
   *
   * @param others of equally many resamples
   */
  public void add(ResampledSums others) {
    if (others.sums.length != sums.length || others.blockLength != blockLength) {
      throw new IllegalArgumentException(
          "%d resamples of blocks of %d cannot be added to %d of blocks of %d"
              .formatted(others.sums.length, others.blockLength, sums.length, blockLength));
    }
    sum += others.sum;
    count += others.count;
    squaredCounts += others.squaredCounts;
    for (int resample = 0; resample < sums.length; resample++) {
      sums[resample] += others.sums[resample];
      counts[resample] += others.counts[resample];
    }
    videos.addAll(others.videos);
    shortest = Math.min(shortest, others.shortest);
    degreesOfFreedom += others.degreesOfFreedom;
    variance += others.variance;
    drawnVariance += others.drawnVariance;
    lugsailVariance += others.lugsailVariance;
  }

  /**
   * The mean over all values, with intervals.
   *
   * @param confidence share of the resampled means within an interval
   * @param seed decides which videos are drawn
   * @return empty when there is no value
   */
  Optional<IntervalEstimate> mean(double confidence, long seed) {
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new IntervalEstimate(sum / count, sameVideos(confidence), newVideos(confidence, seed)));
  }

  private boolean isShort() {
    return shortest < FEWEST_BLOCKS * blockLength;
  }

  private Interval sameVideos(double confidence) {
    if (isShort()) {
      return Interval.none(
          "a video holds fewer than %d blocks of %d frames".formatted(FEWEST_BLOCKS, blockLength));
    }
    double widened = Math.max(variance, lugsailVariance);
    double width = drawnVariance > 0 ? Math.sqrt(widened / drawnVariance) : 1;
    double student = Quantiles.student(degreesOfFreedom, confidence) / Quantiles.normal(confidence);
    double[] means = new double[sums.length];
    int drawn = 0;
    for (int resample = 0; resample < sums.length; resample++) {
      if (counts[resample] > 0) {
        means[drawn++] = sums[resample] / counts[resample];
      }
    }
    return interval(Arrays.copyOf(means, drawn), confidence, width * student);
  }

  private Interval newVideos(double confidence, long seed) {
    if (videos.size() < FEWEST_VIDEOS) {
      return Interval.none("fewer than %d videos to draw from".formatted(FEWEST_VIDEOS));
    }
    if (isShort() && videos.size() < MANY_VIDEOS) {
      return Interval.none(
          "a video holds fewer than %d blocks of %d frames, and there are fewer than %d videos"
              .formatted(FEWEST_BLOCKS, blockLength, MANY_VIDEOS));
    }
    double effective = (double) count * count / squaredCounts;
    if (effective < FEWEST_EFFECTIVE_VIDEOS) {
      return Interval.none("one video holds most of the frames");
    }
    SplittableRandom random = new SplittableRandom(31 * seed ^ VIDEOS);
    double[] means = new double[sums.length];
    int drawn = 0;
    for (int resample = 0; resample < sums.length; resample++) {
      double drawnSum = 0;
      long drawnCount = 0;
      for (int i = 0; i < videos.size(); i++) {
        Video video = videos.get(random.nextInt(videos.size()));
        int which = random.nextInt(KEPT);
        drawnSum += video.sums[which];
        drawnCount += video.counts[which];
      }
      if (drawnCount > 0) {
        means[drawn++] = drawnSum / drawnCount;
      }
    }
    double width =
        Math.sqrt(effective / (effective - 1))
            * Quantiles.student(effective - 1, confidence)
            / Quantiles.normal(confidence);
    return interval(Arrays.copyOf(means, drawn), confidence, width);
  }

  /**
   * The percentiles of resampled means, moved away from the mean.
   *
   * @param width by which factor
   */
  private Interval interval(double[] means, double confidence, double width) {
    Arrays.sort(means);
    double tail = (1 - confidence) / 2;
    double mean = sum / count;
    return Interval.of(
        mean + width * (quantile(means, tail) - mean),
        mean + width * (quantile(means, 1 - tail) - mean));
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
