package io.videottt.metrics;

import java.util.List;

/** The curve of precision over recall of one class in one area range. */
final class PrecisionRecall {

  private static final int RECALL_POINTS = 101;

  private final List<DetectionOutcome> detections;
  private final AreaRange range;
  private final long truths;

  /**
   * @param detections in the order of their images; sorted here by falling score, equal scores as
   *     they come
   * @param truths objects that count, at least 1
   */
  PrecisionRecall(List<DetectionOutcome> detections, AreaRange range, long truths) {
    this.detections =
        detections.stream()
            .sorted((a, b) -> InstanceMatching.byFallingScore(a.score(), b.score()))
            .toList();
    this.range = range;
    this.truths = truths;
  }

  /** Mean of the interpolated precision at recall 0, 0.01, ... 1; from 0 to 1. */
  double averagePrecision(int threshold) {
    int size = detections.size();
    double[] recall = new double[size];
    double[] precision = new double[size];
    long right = 0;
    long wrong = 0;
    for (int i = 0; i < size; i++) {
      DetectionOutcome detection = detections.get(i);
      if (!detection.ignored(range, threshold)) {
        if (detection.matched(range, threshold)) {
          right++;
        } else {
          wrong++;
        }
      }
      recall[i] = (double) right / truths;
      precision[i] = right / (right + wrong + Math.ulp(1.0));
    }
    for (int i = size - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
    double sum = 0;
    int position = 0;
    for (int point = 0; point < RECALL_POINTS; point++) {
      double wanted = point == RECALL_POINTS - 1 ? 1 : point * 0.01;
      while (position < size && recall[position] < wanted) {
        position++;
      }
      if (position == size) {
        break;
      }
      sum += precision[position];
    }
    return sum / RECALL_POINTS;
  }
}
