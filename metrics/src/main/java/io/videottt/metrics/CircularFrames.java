package io.videottt.metrics;

/**
 * Running sums of one video's values and, once more, its first ones, so that a block that goes on
 * at the first frame after the last costs two look-ups.
 */
final class CircularFrames {

  private final int length;

  /** [frames + block + 1] sum of the defined values before a frame. */
  private final double[] sums;

  /** [frames + block + 1] number of the defined values before a frame. */
  private final int[] counts;

  /**
   * @param values in temporal order, NaN where undefined
   * @param longest block that is asked for
   */
  CircularFrames(double[] values, int longest) {
    this.length = values.length;
    this.sums = new double[length + longest + 1];
    this.counts = new int[length + longest + 1];
    for (int i = 0; i < length + longest; i++) {
      double value = values[i % length];
      boolean defined = !Double.isNaN(value);
      sums[i + 1] = sums[i] + (defined ? value : 0);
      counts[i + 1] = counts[i] + (defined ? 1 : 0);
    }
  }

  double sum(int from, int to) {
    return sums[to] - sums[from];
  }

  int count(int from, int to) {
    return counts[to] - counts[from];
  }

  double sum() {
    return sum(0, length);
  }

  int count() {
    return count(0, length);
  }

  /**
   * The variance of the sum of all values, estimated from blocks: their mean squared deviation,
   * whatever the frames within a block have in common. Blocks deviate from a mean that they are
   * part of; the factor corrects that.
   *
   * @param block frames in a block, fewer than there are
   */
  double varianceOfSum(int block) {
    double mean = sum() / count();
    double squares = 0;
    for (int start = 0; start < length; start++) {
      double deviation = sum(start, start + block) - mean * count(start, start + block);
      squares += deviation * deviation;
    }
    return squares / block * length / (length - block);
  }
}
