package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;

/**
 * Cross-entropy of every labelled pixel, weighted by its class: the sum of weight times negative
 * log-likelihood over the sum of weights, over the whole batch.
 */
public final class PixelCrossEntropy {

  static final int IGNORED = 255;

  private final int classes;
  private final float[] weights;
  private final int step;

  /**
   * @param classes number of classes K
   * @param classWeights weight of each class; empty for equal weights
   * @param step rows and columns of the image that a row and a column of the logits stand for
   */
  public PixelCrossEntropy(int classes, List<Double> classWeights, int step) {
    this.classes = classes;
    this.step = step;
    weights = new float[classes];
    for (int label = 0; label < classes; label++) {
      weights[label] = classWeights.isEmpty() ? 1 : classWeights.get(label).floatValue();
    }
  }

  /**
   * The labels of a batch.
   *
   * @throws InvalidInputException when a target has objects only
   */
  public static List<byte[]> labels(List<SegmentationTarget> targets) {
    return targets.stream()
        .map(
            target ->
                target
                    .labels()
                    .orElseThrow(
                        () ->
                            new InvalidInputException(
                                "a cross-entropy of pixels needs a label for every pixel, and the"
                                    + " data have objects only\ntrain a mask2former whose"
                                    + " videottt.pixel_cross_entropy_weight is 0")))
        .toList();
  }

  /**
   * The loss of a batch.
   *
   * @param logits [B, K, ceil(height / step), ceil(width / step)]
   * @param labels one per image, each [height * width] training ids, 255 ignored
   * @param height rows of the images
   * @param width columns of the images
   * @return scalar, 0 if no pixel is labelled
   * @throws IllegalArgumentException if an id is neither a class nor 255 or a size is wrong
   */
  public NDArray of(NDArray logits, List<byte[]> labels, int height, int width) {
    return at(logits, sample(labels, height, width));
  }

  /** The loss of logits [B, K, h, w] against ids [B * h * w]. */
  private NDArray at(NDArray logits, long[] targets) {
    if (!anyCounts(targets)) {
      // The mean over nothing would be NaN.
      return TensorFunctions.scale(logits.sum(), 0);
    }
    Shape shape = logits.getShape();
    NDManager manager = logits.getManager();
    return TensorFunctions.crossEntropy(
        logits,
        NativeArrays.of(manager, targets, new Shape(shape.get(0), shape.get(2), shape.get(3))),
        NativeArrays.of(manager, weights, new Shape(classes)),
        IGNORED);
  }

  private boolean anyCounts(long[] targets) {
    for (long target : targets) {
      if (target != IGNORED && weights[(int) target] > 0) {
        return true;
      }
    }
    return false;
  }

  private long[] sample(List<byte[]> labels, int height, int width) {
    int rows = (height + step - 1) / step;
    int columns = (width + step - 1) / step;
    // The label in the middle of a cell stands for it.
    int middle = step / 2;
    long[] targets = new long[Math.multiplyExact(labels.size(), rows * columns)];
    int next = 0;
    for (byte[] image : labels) {
      if (image.length != height * width) {
        throw new IllegalArgumentException(
            "labels of %d x %d pixels are %d bytes, not %d"
                .formatted(height, width, height * width, image.length));
      }
      for (int row = 0; row < rows; row++) {
        int start = Math.min(row * step + middle, height - 1) * width;
        for (int column = 0; column < columns; column++) {
          int label = image[start + Math.min(column * step + middle, width - 1)] & 0xFF;
          if (label >= classes && label != IGNORED) {
            throw new IllegalArgumentException(
                "label %d is neither a class (0 to %d) nor %d"
                    .formatted(label, classes - 1, IGNORED));
          }
          targets[next++] = label;
        }
      }
    }
    return targets;
  }
}
