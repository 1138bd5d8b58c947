package io.videottt.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How often intervals hold what they are about, measured on series whose truth is known: each video
 * has a mean of its own, and its frames are a first-order autoregressive series around it. Its main
 * method prints the tables of {@code docs/intervals.md}; a test runs a few cells of them.
 */
final class IntervalCoverageStudy {

  private static final int TRIALS = 1000;
  private static final int RESAMPLES = 500;
  private static final int[] VIDEOS = {1, 4, 9, 21};
  private static final int[] FRAMES = {4, 12, 40, 400};

  /** The lengths of KITTI-STEP's nine validation videos. */
  private static final int[] UNEQUAL = {233, 270, 800, 390, 294, 340, 106, 209, 339};

  private IntervalCoverageStudy() {}

  /**
   * The series of a trial.
   *
   * @param frames of each video
   * @param correlation of neighbouring frames
   * @param spread standard deviation of the videos' means, in standard deviations of a frame
   * @param seeds repetitions of every video
   * @param seedSpread standard deviation of what a seed adds to all frames of a video, in the same
   */
  record Series(int[] frames, double correlation, double spread, int seeds, double seedSpread) {

    static Series of(int videos, int frames, double correlation, double spread) {
      int[] lengths = new int[videos];
      java.util.Arrays.fill(lengths, frames);
      return new Series(lengths, correlation, spread, 1, 0);
    }
  }

  /**
   * Shares of the trials.
   *
   * @param same of the intervals about these videos, those that hold these videos' mean; NaN
   *     without
   * @param other of the intervals about videos of the kind, those that hold the mean of all videos
   * @param frames of intervals that take each frame for itself and no small-sample correction,
   *     those that hold these videos' mean
   */
  record Coverage(double same, double other, double frames) {

    private static String cell(double share) {
      return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }
  }

  static Coverage measure(Series series, int trials, int resamples) {
    Random random = new Random(7);
    int same = 0;
    int other = 0;
    int plain = 0;
    boolean hasSame = true;
    boolean hasOther = true;
    for (int trial = 0; trial < trials; trial++) {
      BlockBootstrap bootstrap = new BlockBootstrap(10, resamples, 0.95, trial);
      ResampledSums sums = bootstrap.empty();
      double truth = 0;
      long count = 0;
      List<double[]> values = new ArrayList<>();
      for (int video = 0; video < series.frames().length; video++) {
        double mean = series.spread() * random.nextGaussian();
        double[] noise = correlated(random, series.frames()[video], series.correlation());
        List<double[]> seeds = new ArrayList<>();
        for (int seed = 0; seed < series.seeds(); seed++) {
          double shift = series.seedSpread() * random.nextGaussian();
          double[] own = noise.clone();
          for (int i = 0; i < own.length; i++) {
            own[i] += mean + shift;
          }
          seeds.add(own);
        }
        RepeatedFrames frames = RepeatedFrames.ofModels(List.of(seeds));
        sums.add(bootstrap.resample(frames, video));
        values.add(frames.means());
        truth += mean * noise.length;
        count += noise.length;
      }
      IntervalEstimate estimate = bootstrap.mean(sums).orElseThrow();
      hasSame &= estimate.sameVideos().exists();
      hasOther &= estimate.newVideos().exists();
      same += holds(estimate.sameVideos(), truth / count) ? 1 : 0;
      other += holds(estimate.newVideos(), 0) ? 1 : 0;
      plain += holds(independent(values), truth / count) ? 1 : 0;
    }
    return new Coverage(
        hasSame ? (double) same / trials : Double.NaN,
        hasOther ? (double) other / trials : Double.NaN,
        (double) plain / trials);
  }

  private static boolean holds(Interval interval, double truth) {
    return interval.lower() <= truth && truth <= interval.upper();
  }

  /** The textbook's interval of independent values. */
  private static Interval independent(List<double[]> videos) {
    double sum = 0;
    long count = 0;
    double variance = 0;
    for (double[] frames : videos) {
      double own = 0;
      for (double value : frames) {
        own += value;
      }
      sum += own;
      count += frames.length;
      for (double value : frames) {
        variance += (value - own / frames.length) * (value - own / frames.length);
      }
    }
    double half = 1.96 * Math.sqrt(variance) / count;
    return Interval.of(sum / count - half, sum / count + half);
  }

  /** A first-order autoregressive series of mean 0 and variance 1. */
  private static double[] correlated(Random random, int frames, double correlation) {
    double[] values = new double[frames];
    double state = random.nextGaussian();
    for (int i = 0; i < frames; i++) {
      values[i] = state;
      state =
          correlation * state + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return values;
  }

  private static void print(String first, Coverage coverage) {
    System.out.printf(
        "| %s | %s | %s | %s |%n",
        first,
        Coverage.cell(coverage.same()),
        Coverage.cell(coverage.other()),
        Coverage.cell(coverage.frames()));
  }

  /** Prints the tables. */
  public static void main(String[] arguments) {
    for (double correlation : new double[] {0, 0.7, 0.85}) {
      for (double spread : new double[] {0, 1}) {
        System.out.printf(
            Locale.ROOT, "%ncorrelation %.2f, spread of videos %.0f%n%n", correlation, spread);
        for (int videos : VIDEOS) {
          for (int frames : FRAMES) {
            print(
                "%d | %d".formatted(videos, frames),
                measure(Series.of(videos, frames, correlation, spread), TRIALS, RESAMPLES));
          }
        }
      }
    }
    System.out.printf("%nunequal lengths, correlation 0.7%n%n");
    for (double spread : new double[] {0, 1}) {
      print(
          String.format(Locale.ROOT, "%.0f", spread),
          measure(new Series(UNEQUAL, 0.7, spread, 1, 0), TRIALS, RESAMPLES));
    }
    System.out.printf("%nseeds, 4 videos of 40 frames, correlation 0.7, seed spread 0.5%n%n");
    for (int seeds : new int[] {1, 2, 3, 5}) {
      int[] lengths = {40, 40, 40, 40};
      print(
          Integer.toString(seeds),
          measure(new Series(lengths, 0.7, 0.3, seeds, 0.5), TRIALS, RESAMPLES));
    }
  }
}
