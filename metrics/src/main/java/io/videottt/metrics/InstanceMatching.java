package io.videottt.metrics;

import java.util.List;

/** Matches the detections of one class in one image, best score first (COCO evaluation). */
final class InstanceMatching {

  /** Detections per image and class that count. */
  private static final int MOST_DETECTIONS = 100;

  private static final double FIRST_THRESHOLD = 0.5;
  private static final double LAST_THRESHOLD = 0.95;

  /** Spelt as numpy's linspace spells it, so that an IoU on a threshold falls on the same side. */
  private static final double STEP =
      (LAST_THRESHOLD - FIRST_THRESHOLD) / (DetectionOutcome.THRESHOLDS - 1);

  private static final double HIGHEST_DEMAND = 1 - 1e-10;

  private final List<InstanceTruth> truths;
  private final List<InstanceDetection> detections;

  /** [detections][truths] */
  private final double[][] ious;

  InstanceMatching(List<InstanceTruth> truths, List<InstanceDetection> detections) {
    this.truths = truths;
    this.detections =
        detections.stream()
            .sorted((a, b) -> byFallingScore(a.score(), b.score()))
            .limit(MOST_DETECTIONS)
            .toList();
    this.ious = ious();
  }

  /** Highest first; the two zeros are equal. */
  static int byFallingScore(double left, double right) {
    return left == right ? 0 : Double.compare(right, left);
  }

  private double[][] ious() {
    int[][] columns = new int[truths.size()][];
    for (int t = 0; t < truths.size(); t++) {
      columns[t] = truths.get(t).mask().columns();
    }
    double[][] result = new double[detections.size()][truths.size()];
    for (int d = 0; d < detections.size(); d++) {
      RunLengthMask detection = detections.get(d).mask();
      int[] own = detection.columns();
      long area = detection.area();
      for (int t = 0; t < truths.size(); t++) {
        if (own[1] > columns[t][0] && columns[t][1] > own[0]) {
          InstanceTruth truth = truths.get(t);
          long common = detection.intersection(truth.mask());
          long whole = truth.crowd() ? area : area + truth.mask().area() - common;
          result[d][t] = common == 0 ? 0 : (double) common / whole;
        }
      }
    }
    return result;
  }

  void count(InstanceCounts counts) {
    AreaRange[] ranges = AreaRange.values();
    int[][] matched = new int[detections.size()][ranges.length];
    int[][] ignored = new int[detections.size()][ranges.length];
    for (AreaRange range : ranges) {
      boolean[] leftOut = new boolean[truths.size()];
      for (int t = 0; t < truths.size(); t++) {
        leftOut[t] = truths.get(t).crowd() || !range.contains(truths.get(t).area());
        if (!leftOut[t]) {
          counts.addTruths(truths.get(t).classId(), range, 1);
        }
      }
      for (int threshold = 0; threshold < DetectionOutcome.THRESHOLDS; threshold++) {
        match(range, threshold, leftOut, matched, ignored);
      }
    }
    for (int d = 0; d < detections.size(); d++) {
      InstanceDetection detection = detections.get(d);
      counts.add(
          new DetectionOutcome(detection.classId(), detection.score(), matched[d], ignored[d]));
    }
  }

  private void match(
      AreaRange range, int threshold, boolean[] leftOut, int[][] matched, int[][] ignored) {
    double demand =
        threshold == DetectionOutcome.THRESHOLDS - 1
            ? LAST_THRESHOLD
            : threshold * STEP + FIRST_THRESHOLD;
    boolean[] taken = new boolean[truths.size()];
    int bit = 1 << threshold;
    for (int d = 0; d < detections.size(); d++) {
      int best = bestMatch(ious[d], Math.min(demand, HIGHEST_DEMAND), taken, leftOut);
      if (best >= 0) {
        taken[best] = true;
        matched[d][range.ordinal()] |= bit;
      }
      boolean outside = best < 0 && !range.contains(detections.get(d).mask().area());
      if (outside || best >= 0 && leftOut[best]) {
        ignored[d][range.ordinal()] |= bit;
      }
    }
  }

  /**
   * The free object of the highest IoU, the last of several; one that is left out only when no
   * other will do. A crowd may be matched again and again.
   */
  private int bestMatch(double[] iou, double demand, boolean[] taken, boolean[] leftOut) {
    for (int pass = 0; pass < 2; pass++) {
      boolean second = pass == 1;
      int best = -1;
      double highest = demand;
      for (int t = 0; t < truths.size(); t++) {
        boolean free = !taken[t] || truths.get(t).crowd();
        if (leftOut[t] == second && free && iou[t] >= highest) {
          highest = iou[t];
          best = t;
        }
      }
      if (best >= 0) {
        return best;
      }
    }
    return -1;
  }
}
