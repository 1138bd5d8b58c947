package io.videottt.adaptation.inference;

/**
 * The predicted class of every pixel from class scores at another resolution: scores are resized
 * bilinearly (pixel centres aligned, no smoothing), then the largest wins, the lower class on a
 * tie. Doing both in one pass never holds the scores at the target resolution.
 */
final class ScoreArgmax {

  private ScoreArgmax() {}

  /**
   * Of whole images.
   *
   * @param scores [classes, height, width]
   * @return [targetHeight * targetWidth] class ids
   */
  static byte[] of(
      float[] scores, int classes, int height, int width, int targetHeight, int targetWidth) {
    return of(
        scores,
        classes,
        height,
        width,
        Axis.whole(targetHeight, height),
        Axis.whole(targetWidth, width));
  }

  /**
   * Of the pixels that two axes name.
   *
   * @param scores [classes, height, width]
   * @return [rows.count * columns.count] class ids
   */
  static byte[] of(float[] scores, int classes, int height, int width, Axis rows, Axis columns) {
    if (scores.length != classes * height * width) {
      throw new IllegalArgumentException(
          "%d scores for %d classes of %d x %d".formatted(scores.length, classes, height, width));
    }
    int targetWidth = columns.count();
    byte[] labels = new byte[rows.count() * targetWidth];
    float[] row = new float[width];
    float[] best = new float[targetWidth];
    for (int y = 0; y < rows.count(); y++) {
      int upper = rows.lower()[y];
      int lower = rows.upper()[y];
      int start = y * targetWidth;
      for (int label = 0; label < classes; label++) {
        interpolateRow(
            scores,
            (label * height + upper) * width,
            (label * height + lower) * width,
            rows.share()[y],
            row);
        for (int x = 0; x < targetWidth; x++) {
          float first = row[columns.lower()[x]];
          float score = first + columns.share()[x] * (row[columns.upper()[x]] - first);
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

  /**
   * Where the target's rows or columns lie among those of the scores.
   *
   * @param first the first target coordinate
   * @param lower for each target coordinate the score before it
   * @param upper and the score after it
   * @param share and the latter's weight
   */
  record Axis(int first, int[] lower, int[] upper, float[] share) {

    /** Number of target coordinates. */
    int count() {
      return share.length;
    }

    /**
     * Target and scores show the same.
     *
     * @param count of the target
     * @param scores number of scores
     */
    static Axis whole(int count, int scores) {
      return ofCrop(count, scores, 0, scores, false);
    }

    /**
     * The scores show a part of the target, enlarged to the whole target's working size. Target
     * coordinates whose centres lie outside of the part are left out.
     *
     * @param count of the whole target
     * @param scores number of scores, and the whole target's length in working pixels
     * @param start of the part, in working pixels
     * @param length of the part
     * @param mirrored whether the scores run backwards
     */
    static Axis ofCrop(int count, int scores, double start, double length, boolean mirrored) {
      double scale = scores / (double) count;
      int first = (int) Math.max(0, Math.ceil(start / scale - 0.5));
      int end = (int) Math.min(count, Math.ceil((start + length) / scale - 0.5));
      int shown = Math.max(0, end - first);
      Axis axis = new Axis(first, new int[shown], new int[shown], new float[shown]);
      for (int index = 0; index < shown; index++) {
        double centre = ((first + index + 0.5) * scores / count - start) * (scores / length) - 0.5;
        double position = mirrored ? scores - 1 - centre : centre;
        double clamped = Math.max(0, Math.min(scores - 1, position));
        axis.lower[index] = (int) clamped;
        axis.upper[index] = Math.min(axis.lower[index] + 1, scores - 1);
        axis.share[index] = (float) (clamped - axis.lower[index]);
      }
      return axis;
    }
  }
}
