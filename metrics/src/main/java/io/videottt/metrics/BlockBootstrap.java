package io.videottt.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Block bootstrap of a mean over the frames of videos, with intervals for two questions.
 *
 * <p><b>These videos.</b> Neighbouring frames resemble each other, so frames are drawn in blocks of
 * consecutive ones, each video from itself. Blocks may start at any frame and go on at the first
 * after the last (the circular block bootstrap of Politis and Romano, 1992), so that every frame is
 * drawn equally often: with blocks that end at the last frame the first and last ones of a short
 * video would hardly count. Where values were repeated with several seeds, each video's seeds are
 * drawn with its blocks. Percentiles of few blocks are too narrow; they are moved outwards by what
 * Student's distribution has over the normal one for that many blocks, by what blocks lose that
 * deviate from their own mean, and by the correlation across the ends of blocks as the lugsail
 * estimator has it (Vats and Flegal, 2022: twice the variance from blocks minus that from half as
 * long ones).
 *
 * <p><b>Videos of the kind.</b> The hierarchical bootstrap (Davison and Hinkley, 1997, Section
 * 3.8): videos are drawn, and blocks within the drawn ones. Its percentiles are moved outwards by
 * sqrt(n / (n - 1)) and Student's distribution with n - 1 degrees of freedom (Hesterberg, 2015), n
 * being the effective number of videos: (sum of frames)^2 / (sum of squared frames).
 *
 * <p>Where there is too little to draw from there is no interval: {@link ResampledSums} says when.
 * Two methods are compared on the differences of the same frames. Equal seeds give equal intervals.
 */
public final class BlockBootstrap {

  /** Frames in a block: about a second of driving, past which differences are nearly unrelated. */
  public static final int DEFAULT_BLOCK_LENGTH = 10;

  /** Resamples: enough for the ends of a 95 % interval to be stable to a few hundredths. */
  public static final int DEFAULT_RESAMPLES = 2000;

  /** Share of resamples inside the interval. */
  public static final double DEFAULT_CONFIDENCE = 0.95;

  /** Keeps the draws of seeds apart from those of blocks, which one seed leaves as they are. */
  private static final long SEEDS = 0x5eed_5eedL;

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
  public Optional<IntervalEstimate> mean(List<double[]> videos) {
    ResampledSums all = empty();
    for (int video = 0; video < videos.size(); video++) {
      all.add(resample(videos.get(video), video));
    }
    return mean(all);
  }

  /** The mean of videos that were resampled one by one; empty when no frame has a value. */
  public Optional<IntervalEstimate> mean(ResampledSums videos) {
    return videos.mean(confidence, seed);
  }

  /** Nothing yet, to add videos to. */
  public ResampledSums empty() {
    return new ResampledSums(blockLength, resamples);
  }

  /**
   * The mean over all frames of what a method gains over a baseline: method minus baseline.
   *
   * @param baseline for each video the values of its frames in temporal order, NaN where undefined
   * @param method the same frames of the same videos
   * @return empty when no frame has both values
   */
  public Optional<IntervalEstimate> difference(List<double[]> baseline, List<double[]> method) {
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
    return resample(RepeatedFrames.of(frames), video);
  }

  /**
   * Resamples one video whose values were repeated with several seeds.
   *
   * @param frames values in temporal order
   * @param video number of the video: each has draws of its own, the same ones every time
   */
  public ResampledSums resample(RepeatedFrames frames, int video) {
    ResampledSums drawn = empty();
    int length = frames.means().length;
    if (frames.isEmpty()) {
      return drawn;
    }
    int block = Math.min(blockLength, length);
    CircularFrames means = new CircularFrames(frames.means(), block);
    List<List<CircularFrames>> deviations =
        frames.deviations().stream()
            .map(seeds -> seeds.stream().map(s -> new CircularFrames(s, block)).toList())
            .toList();
    SplittableRandom blocks = new SplittableRandom(31 * seed + video);
    SplittableRandom seeds = new SplittableRandom(31 * seed + video ^ SEEDS);
    int[] starts = new int[(length + block - 1) / block];
    double[] sums = new double[resamples];
    int[] counts = new int[resamples];
    for (int resample = 0; resample < resamples; resample++) {
      for (int i = 0; i < starts.length; i++) {
        starts[i] = blocks.nextInt(length);
        int end = starts[i] + Math.min(block, length - i * block);
        sums[resample] += means.sum(starts[i], end);
        counts[resample] += means.count(starts[i], end);
      }
      for (List<CircularFrames> ofModel : deviations) {
        double sum = 0;
        for (int i = 0; i < ofModel.size(); i++) {
          CircularFrames ofSeed = ofModel.get(seeds.nextInt(ofModel.size()));
          for (int j = 0; j < starts.length; j++) {
            sum += ofSeed.sum(starts[j], starts[j] + Math.min(block, length - j * block));
          }
        }
        sums[resample] += sum / ofModel.size();
      }
    }
    drawn.addVideo(means, length, sums, counts);
    return drawn;
  }
}
