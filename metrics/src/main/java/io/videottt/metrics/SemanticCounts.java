package io.videottt.metrics;

import io.videottt.base.InvalidInputException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The confusion matrix of semantic segmentation: how many pixels of each ground-truth class were
 * predicted as each class. One object holds one frame, or the sum of many; every protocol is
 * computed from it (frame mean and released: one object per frame; pooled: frames added).
 *
 * <p>Pixels whose ground truth is {@link #IGNORE} are left out of everything. Pixels whose
 * prediction is {@link #IGNORE} are misses: they belong to no predicted class, and to the union of
 * the true one (as in cityscapesScripts). All results are in percent. Not thread-safe.
 */
public final class SemanticCounts {

  /** The ground-truth label of pixels that do not count, and the prediction of no class. */
  public static final int IGNORE = 255;

  /** Highest number of classes: one byte per pixel, one value kept for {@link #IGNORE}. */
  public static final int MAXIMUM_CLASSES = 255;

  private static final int BYTE_VALUES = 256;

  private final int classCount;

  /** [K, K], row = ground truth, column = prediction. */
  private final long[] cells;

  /** [K] pixels of each ground-truth class for which nothing was predicted. */
  private final long[] unpredicted;

  /**
   * An empty matrix.
   *
   * @param classCount K, from 1 to {@link #MAXIMUM_CLASSES}
   */
  public SemanticCounts(int classCount) {
    if (classCount < 1 || classCount > MAXIMUM_CLASSES) {
      throw new IllegalArgumentException(
          "classCount is %d, expected 1 to %d".formatted(classCount, MAXIMUM_CLASSES));
    }
    this.classCount = classCount;
    this.cells = new long[classCount * classCount];
    this.unpredicted = new long[classCount];
  }

  /**
   * Restores counts from their sparse form.
   *
   * @param classCount K
   * @param sparse non-zero cells as {@link #sparse()} gives them
   */
  public static SemanticCounts of(int classCount, SparseCounts sparse) {
    SemanticCounts counts = new SemanticCounts(classCount);
    for (int i = 0; i < sparse.cells().length; i++) {
      int cell = sparse.cells()[i];
      if (cell < 0 || cell >= counts.cells.length || sparse.counts()[i] < 0) {
        throw new InvalidInputException(
            "confusion cell %d with count %d does not fit %d classes"
                .formatted(cell, sparse.counts()[i], classCount));
      }
      counts.cells[cell] += sparse.counts()[i];
    }
    return counts;
  }

  /**
   * Counts the pixels of one frame.
   *
   * @param groundTruth [H * W] class ids, unsigned bytes, {@link #IGNORE} where unknown
   * @param prediction [H * W] class ids, unsigned bytes, {@link #IGNORE} for none; anything where
   *     the ground truth is ignored
   * @throws InvalidInputException when the sizes differ or a counted pixel holds an id outside the
   *     classes; nothing is counted then
   */
  public void add(byte[] groundTruth, byte[] prediction) {
    if (groundTruth.length != prediction.length) {
      throw new InvalidInputException(
          "the ground truth has %d pixels, the prediction %d"
              .formatted(groundTruth.length, prediction.length));
    }
    int[] pairs = LabelPairs.count(groundTruth, prediction);
    requireKnownClasses(groundTruth, prediction, pairs);
    for (int truth = 0; truth < classCount; truth++) {
      for (int predicted = 0; predicted < classCount; predicted++) {
        cells[truth * classCount + predicted] += pairs[LabelPairs.index(truth, predicted)];
      }
      unpredicted[truth] += pairs[LabelPairs.index(truth, IGNORE)];
    }
  }

  private void requireKnownClasses(byte[] groundTruth, byte[] prediction, int[] pairs) {
    long counted = 0;
    for (int truth = 0; truth < BYTE_VALUES; truth++) {
      int known = truth < classCount ? classCount : truth == IGNORE ? BYTE_VALUES : 0;
      for (int predicted = 0; predicted < known; predicted++) {
        counted += pairs[LabelPairs.index(truth, predicted)];
      }
      counted += truth < classCount ? pairs[LabelPairs.index(truth, IGNORE)] : 0;
    }
    if (counted == groundTruth.length) {
      return;
    }
    for (int i = 0; i < groundTruth.length; i++) {
      int truth = groundTruth[i] & 0xff;
      int predicted = prediction[i] & 0xff;
      boolean unknown = predicted >= classCount && predicted != IGNORE;
      if (truth != IGNORE && (truth >= classCount || unknown)) {
        throw new InvalidInputException(
            "pixel %d holds %s id %d, outside the %d classes"
                .formatted(
                    i,
                    truth >= classCount ? "ground-truth" : "predicted",
                    truth >= classCount ? truth : predicted,
                    classCount));
      }
    }
  }

  /** Adds the counts of other frames with the same classes. */
  public void add(SemanticCounts other) {
    if (other.classCount != classCount) {
      throw new IllegalArgumentException(
          "cannot add counts of %d classes to counts of %d"
              .formatted(other.classCount, classCount));
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] += other.cells[i];
    }
    for (int i = 0; i < classCount; i++) {
      unpredicted[i] += other.unpredicted[i];
    }
  }

  /** K, the number of classes. */
  public int classCount() {
    return classCount;
  }

  /** Pixels of ground-truth class {@code truth} that were predicted as {@code predicted}. */
  public long count(int truth, int predicted) {
    return cells[truth * classCount + predicted];
  }

  /** Pixels of a class in the ground truth. */
  public long groundTruthPixels(int classId) {
    long sum = unpredicted[classId];
    for (int predicted = 0; predicted < classCount; predicted++) {
      sum += count(classId, predicted);
    }
    return sum;
  }

  /** Pixels of a class in the ground truth for which nothing was predicted. */
  public long unpredictedPixels(int classId) {
    return unpredicted[classId];
  }

  /** Pixels predicted as a class, where the ground truth is not ignored. */
  public long predictedPixels(int classId) {
    long sum = 0;
    for (int truth = 0; truth < classCount; truth++) {
      sum += count(truth, classId);
    }
    return sum;
  }

  /** All counted pixels. */
  public long pixels() {
    return Arrays.stream(cells).sum() + Arrays.stream(unpredicted).sum();
  }

  /** Intersection over union of a class; empty where the ground truth does not have the class. */
  public OptionalDouble iou(int classId) {
    long truth = groundTruthPixels(classId);
    if (truth == 0) {
      return OptionalDouble.empty();
    }
    long intersection = count(classId, classId);
    long union = truth + predictedPixels(classId) - intersection;
    return OptionalDouble.of(100.0 * intersection / union);
  }

  /**
   * Mean of {@link #iou} over the classes present in the ground truth; empty when there are none. A
   * class that is only predicted does not enter, though its pixels count in the unions of others.
   */
  public OptionalDouble meanIou() {
    double sum = 0;
    int present = 0;
    for (int classId = 0; classId < classCount; classId++) {
      OptionalDouble iou = iou(classId);
      if (iou.isPresent()) {
        sum += iou.getAsDouble();
        present++;
      }
    }
    return present == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / present);
  }

  /**
   * The mean IoU as the paper's released code prints it: the sum of {@link #iou} over the classes
   * that occur in the ground truth <em>or</em> in the prediction of the counted pixels. A class
   * that is only predicted counts as zero, so that this is never above {@link #meanIou}.
   *
   * @return percent; empty where no pixel is counted, of which the released code says NaN
   */
  public OptionalDouble releasedMeanIou() {
    double sum = 0;
    int occurring = 0;
    for (int classId = 0; classId < classCount; classId++) {
      OptionalDouble iou = iou(classId);
      if (iou.isPresent() || predictedPixels(classId) > 0) {
        sum += iou.orElse(0);
        occurring++;
      }
    }
    return occurring == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / occurring);
  }

  /** Mean of {@link #iou} weighted by the classes' shares of the ground truth's pixels. */
  public OptionalDouble frequencyWeightedIou() {
    double sum = 0;
    for (int classId = 0; classId < classCount; classId++) {
      sum += iou(classId).orElse(0) * groundTruthPixels(classId);
    }
    long pixels = pixels();
    return pixels == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pixels);
  }

  /** Share of counted pixels that were predicted right. */
  public OptionalDouble pixelAccuracy() {
    long right = 0;
    for (int classId = 0; classId < classCount; classId++) {
      right += count(classId, classId);
    }
    long pixels = pixels();
    return pixels == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * right / pixels);
  }

  /**
   * The non-zero cells, in ascending order: what a results file stores for a frame.
   *
   * @throws IllegalStateException when there are pixels without a prediction, for which it has no
   *     place; a model predicts a class for every pixel
   */
  public SparseCounts sparse() {
    if (Arrays.stream(unpredicted).anyMatch(count -> count != 0)) {
      throw new IllegalStateException("pixels without a prediction have no sparse form");
    }
    int[] indices = new int[cells.length];
    long[] counts = new long[cells.length];
    int size = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] != 0) {
        indices[size] = cell;
        counts[size++] = cells[cell];
      }
    }
    return new SparseCounts(Arrays.copyOf(indices, size), Arrays.copyOf(counts, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SemanticCounts counts
        && classCount == counts.classCount
        && Arrays.equals(cells, counts.cells)
        && Arrays.equals(unpredicted, counts.unpredicted);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(cells) + Arrays.hashCode(unpredicted);
  }

  @Override
  public String toString() {
    return "SemanticCounts[%d classes, %d pixels]".formatted(classCount, pixels());
  }
}
