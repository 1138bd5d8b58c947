package io.videottt.adaptation.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;
import java.util.Arrays;

/**
 * The predicted class of every pixel from class scores at another resolution: scores are resized
 * bilinearly (pixel centres aligned, no smoothing), then the largest wins, the lower class on a
 * tie. Doing both in one pass never holds the scores at the target resolution.
 */
final class ScoreArgmax {

  /** Stands for labels that could not be told; no class has this id. */
  private static final int NOT_FINITE = 255;

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
   * The same on the scores' device, of which only the labels come down.
   *
   * @param scores [1, classes, height, width]
   * @return [targetHeight * targetWidth] class ids
   * @throws DivergenceException when a score is not finite
   */
  static byte[] onDevice(NDArray scores, int targetHeight, int targetWidth) {
    NDManager manager = scores.getManager();
    Axis rows = Axis.whole(targetHeight, Math.toIntExact(scores.getShape().get(2)));
    Axis columns = Axis.whole(targetWidth, Math.toIntExact(scores.getShape().get(3)));
    NDArray labels =
        TensorFunctions.call(
            manager,
            "label_map",
            scores,
            tensor(manager, rows.lower()),
            tensor(manager, rows.upper()),
            NativeArrays.of(manager, rows.share(), new Shape(rows.count())),
            tensor(manager, columns.lower()),
            tensor(manager, columns.upper()),
            NativeArrays.of(manager, columns.share(), new Shape(columns.count())));
    byte[] values = Transfers.bytes(labels);
    if ((values[0] & 0xff) == NOT_FINITE) {
      throw new DivergenceException(
          "a class score is not finite: the model's parameters have diverged");
    }
    return values;
  }

  private static NDArray tensor(NDManager manager, int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    return NativeArrays.of(manager, wide, new Shape(wide.length));
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
