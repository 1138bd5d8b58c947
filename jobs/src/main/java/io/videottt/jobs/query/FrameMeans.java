package io.videottt.jobs.query;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.results.MetricsSchema;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Means over repetitions of the values of a video's frames. */
final class FrameMeans {

  /** Two and a half weeks at ten frames per second. */
  private static final int LONGEST_VIDEO = 1 << 24;

  private double[] sums = new double[0];
  private int[] counts = new int[0];

  /**
   * The index of a frame.
   *
   * @throws InvalidInputException when there can be no such frame
   */
  static int requireIndex(int frame) {
    if (frame < 0 || frame >= LONGEST_VIDEO) {
      throw new InvalidInputException(
          "results: %s is %d, expected 0 to %d"
              .formatted(MetricsSchema.FRAME_INDEX, frame, LONGEST_VIDEO - 1));
    }
    return frame;
  }

  /**
   * Adds a repetition's value.
   *
   * @throws InvalidInputException when there can be no such frame
   */
  void add(int frame, double value) {
    requireIndex(frame);
    if (frame >= counts.length) {
      int length = Math.max(frame + 1, 2 * counts.length);
      sums = Arrays.copyOf(sums, length);
      counts = Arrays.copyOf(counts, length);
    }
    sums[frame] += value;
    counts[frame]++;
  }

  boolean defined(int frame) {
    return frame >= 0 && frame < counts.length && counts[frame] > 0;
  }

  double mean(int frame) {
    return sums[frame] / counts[frame];
  }

  /** The means of the frames that have a value, in temporal order. */
  double[] defined() {
    return IntStream.range(0, counts.length)
        .filter(this::defined)
        .mapToDouble(this::mean)
        .toArray();
  }
}
