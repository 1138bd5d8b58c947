package io.videottt.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Circular block bootstrap (Politis and Romano, 1992) of a mean over the frames of videos.
 *
 * <p>Neighbouring frames resemble each other, so frames are drawn in blocks of consecutive ones,
 * each video from itself. Blocks may start at any frame and go on at the first after the last, so
 * that every frame is drawn equally often: with blocks that end at the last frame the first and
 * last ones of a short video would hardly count, and the interval would not be about the mean.
 * Treating frames as independent makes intervals up to 2.5 times too narrow. The videos themselves
 * are not resampled: the interval speaks about these videos. Two methods are compared on the
 * differences of the same frames. Equal seeds give equal intervals.
 */
public final class BlockBootstrap {

  /** Frames in a block: about a second of driving, past which differences are nearly unrelated. */
  public static final int DEFAULT_BLOCK_LENGTH = 10;

  /** Resamples: enough for the ends of a 95 % interval to be stable to a few hundredths. */
  public static final int DEFAULT_RESAMPLES = 2000;

  /** Share of resamples inside the interval. */
  public static final double DEFAULT_CONFIDENCE = 0.95;

  private final int blockLength;
  private final int resamples;
  private final double confidence;
  private final long seed;

  /**
   * @param blockLength consecutive frames that are drawn together, at least 1
   * @param resamples number of resampled means, at least 100
   * @param confidence share of them inside the interval, between 0 and 1
   * @param seed decides the draws
   */
  public BlockBootstrap(int blockLength, int resamples, double confidence, long seed) {
    if (blockLength < 1) {
      throw new IllegalArgumentException(
          "blockLength is %d, expected 1 or more".formatted(blockLength));
    }
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "resamples is %d, expected 100 or more".formatted(resamples));
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence is %s, expected 0 to 1".formatted(confidence));
    }
    this.blockLength = blockLength;
    this.resamples = resamples;
    this.confidence = confidence;
    this.seed = seed;
  }

  /** Blocks of 10 frames, 2000 resamples, 95 %. */
  public static BlockBootstrap standard(long seed) {
    return new BlockBootstrap(DEFAULT_BLOCK_LENGTH, DEFAULT_RESAMPLES, DEFAULT_CONFIDENCE, seed);
  }

  /**
   * The mean over all frames of all videos.
   *
   * @param videos for each video the values of its frames in temporal order, NaN where undefined
   * @return empty when no frame has a value
   */
  public Optional<ConfidenceInterval> mean(List<double[]> videos) {
    ResampledSums all = new ResampledSums(resamples);
    for (int video = 0; video < videos.size(); video++) {
      all.add(resample(videos.get(video), video));
    }
    return mean(all);
  }

  /** The mean of videos that were resampled one by one. */
  public Optional<ConfidenceInterval> mean(ResampledSums videos) {
    return videos.mean(confidence);
  }

  /** Nothing yet, to add videos to. */
  public ResampledSums empty() {
    return new ResampledSums(resamples);
  }

  /**
   * The mean over all frames of what a method gains over a baseline: method minus baseline.
   *
   * @param baseline for each video the values of its frames in temporal order, NaN where undefined
   * @param method the same frames of the same videos
   * @return empty when no frame has both values
   */
  public Optional<ConfidenceInterval> difference(List<double[]> baseline, List<double[]> method) {
    if (baseline.size() != method.size()) {
      throw new IllegalArgumentException(
          "%d videos cannot be paired with %d".formatted(baseline.size(), method.size()));
    }
    List<double[]> differences = new ArrayList<>();
    for (int video = 0; video < baseline.size(); video++) {
      double[] before = baseline.get(video);
      double[] after = method.get(video);
      if (before.length != after.length) {
        throw new IllegalArgumentException(
            "video %d: %d frames cannot be paired with %d"
                .formatted(video, before.length, after.length));
      }
      double[] difference = new double[before.length];
      for (int frame = 0; frame < before.length; frame++) {
        difference[frame] = after[frame] - before[frame];
      }
      differences.add(difference);
    }
    return mean(differences);
  }

  /**
   * Resamples one video.
   *
   * @param frames values in temporal order, NaN where undefined
   * @param video number of the video: each has draws of its own, the same ones every time
   */
  public ResampledSums resample(double[] frames, int video) {
    int block = Math.min(blockLength, frames.length);
    Prefix prefix = Prefix.of(frames, block);
    ResampledSums drawn = new ResampledSums(resamples);
    drawn.add(prefix.sum(0, frames.length), prefix.count(0, frames.length));
    SplittableRandom random = new SplittableRandom(31 * seed + video);
    for (int resample = 0; resample < resamples; resample++) {
      double sum = 0;
      long count = 0;
      for (int filled = 0; filled < frames.length; filled += block) {
        int start = random.nextInt(frames.length);
        int end = start + Math.min(block, frames.length - filled);
        sum += prefix.sum(start, end);
        count += prefix.count(start, end);
      }
      drawn.add(resample, sum, count);
    }
    return drawn;
  }

  /**
   * Running sums of one video and, once more, its first frames, so that a block costs two look-ups.
   *
   * @param sums [frames + block + 1] sum of the defined values before a frame
   * @param counts [frames + block + 1] number of the defined values before a frame
   */
  private record Prefix(double[] sums, int[] counts) {

    static Prefix of(double[] values, int block) {
      int length = values.length + block;
      double[] sums = new double[length + 1];
      int[] counts = new int[length + 1];
      for (int i = 0; i < length; i++) {
        double value = values[i % values.length];
        boolean defined = !Double.isNaN(value);
        sums[i + 1] = sums[i] + (defined ? value : 0);
        counts[i + 1] = counts[i] + (defined ? 1 : 0);
      }
      return new Prefix(sums, counts);
    }

    double sum(int from, int to) {
      return sums[to] - sums[from];
    }

    int count(int from, int to) {
      return counts[to] - counts[from];
    }
  }
}
