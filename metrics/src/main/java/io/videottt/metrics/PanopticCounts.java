package io.videottt.metrics;

import io.videottt.base.InvalidInputException;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What panoptic quality is computed from: for each class the sum of the IoUs of matched segments,
 * and the numbers of true positives, false positives and false negatives. One object holds one
 * frame, or the sum of many. Equal, frame by frame and pooled, to the COCO panoptic API with the
 * benchmark's rules, and to the paper's released evaluator with its own. Reports pool the stored
 * counts by Spark ({@code PanopticPooling} in jobs), held to this class by a test. Not thread-safe.
 */
public final class PanopticCounts {

  private final double[] iouSums;
  private final long[] truePositives;
  private final long[] falsePositives;
  private final long[] falseNegatives;

  /**
   * No segment yet.
   *
   * @param classCount K, at least 1
   */
  public PanopticCounts(int classCount) {
    if (classCount < 1) {
      throw new IllegalArgumentException(
          "classCount is %d, expected 1 or more".formatted(classCount));
    }
    this.iouSums = new double[classCount];
    this.truePositives = new long[classCount];
    this.falsePositives = new long[classCount];
    this.falseNegatives = new long[classCount];
  }

  /**
   * Counts the segments of one frame.
   *
   * @param image name for messages
   *     <p>Of the ground truth, as in the reference, a segment without pixels is one that cannot be
   *     found, and pixels of an id that is not listed are neither void nor of any segment.
   * @throws InvalidInputException when the sizes differ, an id is listed twice, a class is unknown,
   *     or a segment of the prediction is listed but not drawn or drawn but not listed
   */
  public void add(String image, PanopticMap groundTruth, PanopticMap prediction) {
    add(image, groundTruth, prediction, PanopticRules.BENCHMARK);
  }

  /**
   * The same by other rules.
   *
   * @param rules what becomes of crowds and of segments of no class
   */
  public void add(
      String image, PanopticMap groundTruth, PanopticMap prediction, PanopticRules rules) {
    PanopticMatching.count(image, groundTruth, prediction, rules, this);
  }

  /** Adds the counts of other frames with the same classes. */
  public void add(PanopticCounts other) {
    if (other.classCount() != classCount()) {
      throw new IllegalArgumentException(
          "cannot add counts of %d classes to counts of %d"
              .formatted(other.classCount(), classCount()));
    }
    for (int classId = 0; classId < classCount(); classId++) {
      add(
          classId,
          other.iouSums[classId],
          other.truePositives[classId],
          other.falsePositives[classId],
          other.falseNegatives[classId]);
    }
  }

  /**
   * Adds counts of one class, as a results file stores them.
   *
   * @param iouSum sum of the IoUs of matched segments
   * @param tp matched segments
   * @param fp unmatched predicted segments
   * @param fn unmatched ground-truth segments
   */
  public void add(int classId, double iouSum, long tp, long fp, long fn) {
    if (!(iouSum >= 0 && iouSum <= tp) || fp < 0 || fn < 0) {
      throw new InvalidInputException(
          "class %d: IoU sum %s, %d true positives, %d false positives, %d false negatives cannot be"
              .formatted(classId, iouSum, tp, fp, fn));
    }
    iouSums[classId] += iouSum;
    truePositives[classId] += tp;
    falsePositives[classId] += fp;
    falseNegatives[classId] += fn;
  }

  void addMatch(int classId, double iou) {
    truePositives[classId]++;
    iouSums[classId] += iou;
  }

  void addFalsePositive(int classId) {
    falsePositives[classId]++;
  }

  void addFalseNegative(int classId) {
    falseNegatives[classId]++;
  }

  /** K, the number of classes. */
  public int classCount() {
    return iouSums.length;
  }

  /** Sum of the IoUs of a class's matched segments. */
  public double iouSum(int classId) {
    return iouSums[classId];
  }

  /** Matched segments of a class. */
  public long truePositives(int classId) {
    return truePositives[classId];
  }

  /** Predicted segments of a class without match. */
  public long falsePositives(int classId) {
    return falsePositives[classId];
  }

  /** Ground-truth segments of a class without match. */
  public long falseNegatives(int classId) {
    return falseNegatives[classId];
  }

  /** The quality over all classes; empty where there is no segment at all. */
  public Optional<PanopticQuality> quality() {
    return quality(classId -> true);
  }

  /** The quality of one class; empty where it has no segment. */
  public Optional<PanopticQuality> quality(int classId) {
    return quality(other -> other == classId);
  }

  /**
   * The quality over some of the classes, for example the things; classes without any segment are
   * left out.
   *
   * @param included which classes to look at
   * @return empty where none of them has a segment
   */
  public Optional<PanopticQuality> quality(IntPredicate included) {
    double pq = 0;
    double sq = 0;
    double rq = 0;
    int present = 0;
    for (int classId = 0; classId < classCount(); classId++) {
      long tp = truePositives[classId];
      double segments = tp + 0.5 * falsePositives[classId] + 0.5 * falseNegatives[classId];
      if (segments == 0 || !included.test(classId)) {
        continue;
      }
      present++;
      pq += iouSums[classId] / segments;
      sq += tp == 0 ? 0 : iouSums[classId] / tp;
      rq += tp / segments;
    }
    if (present == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new PanopticQuality(100 * pq / present, 100 * sq / present, 100 * rq / present, present));
  }
}
