package io.videottt.adaptation.stream;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.Prediction;
import io.videottt.model.mask2former.MaskInference;
import java.util.SplittableRandom;

/**
 * What a Mask2Former might predict of an image, as plain numbers.
 *
 * @param classLogits [Q][K + 1]
 * @param maskLogits [Q][h][w], a quarter of the padded input
 * @param inputHeight rows of the input
 * @param inputWidth columns of the input
 * @param height rows of the image
 * @param width columns of the image
 */
public record TestQueries(
    float[][] classLogits,
    float[][][] maskLogits,
    int inputHeight,
    int inputWidth,
    int height,
    int width) {

  /**
   * Blobs with confident classes, so that segments come out; some queries say the same as the one
   * before. Mask logits are multiples of a quarter, which enlarge without rounding.
   */
  public static TestQueries random(SplittableRandom random, int queries, int classes, int[] sizes) {
    int rows = 8 * ((sizes[0] + 31) / 32);
    int columns = 8 * ((sizes[1] + 31) / 32);
    float[][] classLogits = new float[queries][];
    float[][][] maskLogits = new float[queries][][];
    for (int query = 0; query < queries; query++) {
      if (query > 0 && random.nextInt(5) == 0) {
        classLogits[query] = classLogits[query - 1];
        maskLogits[query] = maskLogits[query - 1];
        continue;
      }
      classLogits[query] = new float[classes + 1];
      for (int classId = 0; classId <= classes; classId++) {
        classLogits[query][classId] = (float) random.nextDouble(-2, 2);
      }
      classLogits[query][random.nextInt(classes + 1)] += random.nextInt(8);
      maskLogits[query] = blob(random, rows, columns);
    }
    return new TestQueries(classLogits, maskLogits, sizes[0], sizes[1], sizes[2], sizes[3]);
  }

  private static float[][] blob(SplittableRandom random, int rows, int columns) {
    double y = random.nextDouble(rows);
    double x = random.nextDouble(columns);
    double radius = random.nextDouble(-1, 0.6 * Math.max(rows, columns));
    float[][] map = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double inside = radius - Math.hypot(i - y, j - x) + random.nextDouble(-2, 2);
        map[i][j] = Math.round(4 * inside) / 4f;
      }
    }
    return map;
  }

  public int queries() {
    return classLogits.length;
  }

  /** The same as tensors, in the caller's scope. */
  public MaskInference tensors(NDManager manager) {
    int classes = classLogits[0].length;
    int rows = maskLogits[0].length;
    int columns = maskLogits[0][0].length;
    float[] ofClasses = new float[queries() * classes];
    float[] ofMasks = new float[queries() * rows * columns];
    for (int query = 0; query < queries(); query++) {
      System.arraycopy(classLogits[query], 0, ofClasses, query * classes, classes);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            maskLogits[query][row], 0, ofMasks, (query * rows + row) * columns, columns);
      }
    }
    return new MaskInference(
        new Prediction.Queries(
            manager.create(ofClasses, new Shape(1, queries(), classes)),
            manager.create(ofMasks, new Shape(1, queries(), rows, columns))),
        inputHeight,
        inputWidth,
        height,
        width);
  }
}
