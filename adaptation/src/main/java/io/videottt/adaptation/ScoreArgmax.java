package io.videottt.adaptation;

/**
 * The predicted class of every pixel from class scores at another resolution: scores are resized
 * bilinearly (pixel centres aligned, no smoothing), then the largest wins, the lower class on a
 * tie. Doing both in one pass never holds the scores at the target resolution.
 */
final class ScoreArgmax {

  private ScoreArgmax() {}

  /**
   * @param scores [classes, height, width]
   * @return [targetHeight * targetWidth] class ids
   */
  static byte[] of(
      float[] scores, int classes, int height, int width, int targetHeight, int targetWidth) {
    if (scores.length != classes * height * width) {
      throw new IllegalArgumentException(
          "%d scores for %d classes of %d x %d".formatted(scores.length, classes, height, width));
    }
    int[] left = new int[targetWidth];
    int[] right = new int[targetWidth];
    float[] across = new float[targetWidth];
    for (int x = 0; x < targetWidth; x++) {
      double position = position(x, targetWidth, width);
      left[x] = (int) position;
      right[x] = Math.min(left[x] + 1, width - 1);
      across[x] = (float) (position - left[x]);
    }
    byte[] labels = new byte[targetHeight * targetWidth];
    float[] row = new float[width];
    float[] best = new float[targetWidth];
    for (int y = 0; y < targetHeight; y++) {
      double position = position(y, targetHeight, height);
      int upper = (int) position;
      int lower = Math.min(upper + 1, height - 1);
      float down = (float) (position - upper);
      int start = y * targetWidth;
      for (int label = 0; label < classes; label++) {
        interpolateRow(
            scores, (label * height + upper) * width, (label * height + lower) * width, down, row);
        for (int x = 0; x < targetWidth; x++) {
          float first = row[left[x]];
          float score = first + across[x] * (row[right[x]] - first);
          if (label == 0 || score > best[x]) {
            best[x] = score;
            labels[start + x] = (byte) label;
          }
        }
      }
    }
    return labels;
  }

  private static void interpolateRow(
      float[] scores, int upper, int lower, float share, float[] row) {
    for (int x = 0; x < row.length; x++) {
      float first = scores[upper + x];
      row[x] = first + share * (scores[lower + x] - first);
    }
  }

  private static double position(int index, int count, int limit) {
    double position = (index + 0.5) * limit / count - 0.5;
    return Math.max(0, Math.min(limit - 1, position));
  }
}
