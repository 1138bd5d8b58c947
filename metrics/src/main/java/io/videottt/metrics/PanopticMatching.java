package io.videottt.metrics;

import io.videottt.base.InvalidInputException;
import java.util.Arrays;
import java.util.List;

/**
 * Matches the segments of one frame. Two segments of one class match when their IoU is above one
 * half, which makes the match unique.
 */
final class PanopticMatching {

  private static final double MATCH_IOU = 0.5;
  private static final double IGNORED_SHARE = 0.5;

  /** Runs of pixels up to this length are followed pixel by pixel. */
  private static final int SHORT_RUN = 8;

  /** Index of void in both directions of the intersections. */
  private static final int VOID_INDEX = 0;

  private final String image;
  private final List<PanopticSegment> truths;
  private final List<PanopticSegment> predictions;
  private final boolean released;

  /**
   * [2 + truths, 1 + predictions] common pixels; first row and column are void, the last row is
   * what the ground truth draws but does not list, or no class is scored for.
   */
  private final long[] intersections;

  private PanopticMatching(
      String image, PanopticMap groundTruth, PanopticMap prediction, PanopticRules rules) {
    this.image = image;
    this.released = rules == PanopticRules.RELEASED;
    this.truths = groundTruth.segments();
    this.predictions = prediction.segments();
    this.intersections = new long[(truths.size() + 2) * (predictions.size() + 1)];
    SegmentIndex truthIndex =
        new SegmentIndex(image, "the ground truth", truths, truths.size() + 1);
    truthIndex.put(PanopticMap.UNSCORED, released ? truths.size() + 1 : VOID_INDEX);
    SegmentIndex predictionIndex =
        new SegmentIndex(image, "the prediction", predictions, SegmentIndex.REFUSED);
    intersect(groundTruth.ids(), prediction.ids(), truthIndex, predictionIndex);
  }

  static void count(
      String image,
      PanopticMap groundTruth,
      PanopticMap prediction,
      PanopticRules rules,
      PanopticCounts counts) {
    if (groundTruth.height() != prediction.height() || groundTruth.width() != prediction.width()) {
      throw new InvalidInputException(
          "image %s: the prediction is %d x %d, the ground truth %d x %d (width x height)"
              .formatted(
                  image,
                  prediction.width(),
                  prediction.height(),
                  groundTruth.width(),
                  groundTruth.height()));
    }
    for (PanopticMap map : List.of(groundTruth, prediction)) {
      for (PanopticSegment segment : map.segments()) {
        if (segment.classId() < 0 || segment.classId() >= counts.classCount()) {
          throw new InvalidInputException(
              "image %s: segment %d has the unknown class %d"
                  .formatted(image, segment.id(), segment.classId()));
        }
      }
    }
    new PanopticMatching(image, groundTruth, prediction, rules).count(counts);
  }

  /** Neighbouring pixels mostly belong to the same two segments: whole runs are added at once. */
  private void intersect(int[] truth, int[] predicted, SegmentIndex rows, SegmentIndex columns) {
    int columnCount = predictions.size() + 1;
    int start = 0;
    while (start < truth.length) {
      int truthId = truth[start];
      int predictedId = predicted[start];
      int end = start + 1;
      int near = Math.min(truth.length, start + SHORT_RUN);
      while (end < near && truth[end] == truthId && predicted[end] == predictedId) {
        end++;
      }
      if (end == near) {
        end = endOfRun(predicted, end - 1, endOfRun(truth, end - 1, truth.length));
      }
      intersections[rows.of(truthId) * columnCount + columns.of(predictedId)] += end - start;
      start = end;
    }
  }

  /** Where the ids that follow are others, at most the limit; compares several at once. */
  private static int endOfRun(int[] ids, int start, int limit) {
    int different = Arrays.mismatch(ids, start, limit - 1, ids, start + 1, limit);
    return different < 0 ? limit : start + 1 + different;
  }

  private void count(PanopticCounts counts) {
    double[] truthAreas = new double[truths.size()];
    long[] predictedAreas = new long[predictions.size()];
    for (int t = 0; t < truths.size(); t++) {
      long drawn = 0;
      for (int p = 0; p <= predictions.size(); p++) {
        drawn += intersection(t + 1, p);
      }
      truthAreas[t] = truths.get(t).area() > 0 ? truths.get(t).area() : drawn;
    }
    for (int p = 0; p < predictions.size(); p++) {
      for (int t = 0; t <= truths.size() + 1; t++) {
        predictedAreas[p] += intersection(t, p + 1);
      }
      requireDrawn(predictedAreas[p], predictions.get(p));
    }
    boolean[] truthMatched = new boolean[truths.size()];
    boolean[] predictionMatched = new boolean[predictions.size()];
    for (int t = 0; t < truths.size(); t++) {
      PanopticSegment truth = truths.get(t);
      for (int p = 0; p < predictions.size() && !excuses(truth); p++) {
        long common = intersection(t + 1, p + 1);
        if (common == 0 || predictions.get(p).classId() != truth.classId()) {
          continue;
        }
        double union = predictedAreas[p] + truthAreas[t] - common - intersection(VOID_INDEX, p + 1);
        double iou = common / union;
        if (iou > MATCH_IOU && !(released && iou > 1)) {
          counts.addMatch(truth.classId(), iou);
          truthMatched[t] = true;
          predictionMatched[p] = true;
        }
      }
    }
    countUnmatched(truthMatched, predictionMatched, predictedAreas, counts);
  }

  private void countUnmatched(
      boolean[] truthMatched,
      boolean[] predictionMatched,
      long[] predictedAreas,
      PanopticCounts counts) {
    int[] crowdOfClass = new int[counts.classCount()];
    for (int t = 0; t < truths.size(); t++) {
      PanopticSegment truth = truths.get(t);
      if (excuses(truth)) {
        // As in the reference, a class's last crowd segment is the one that excuses.
        crowdOfClass[truth.classId()] = t + 1;
      } else if (!truthMatched[t]) {
        counts.addFalseNegative(truth.classId());
      }
    }
    for (int p = 0; p < predictions.size(); p++) {
      if (predictionMatched[p]) {
        continue;
      }
      int classId = predictions.get(p).classId();
      long excused = intersection(VOID_INDEX, p + 1);
      if (crowdOfClass[classId] != VOID_INDEX) {
        excused += intersection(crowdOfClass[classId], p + 1);
      }
      if ((double) excused / predictedAreas[p] <= IGNORED_SHARE) {
        counts.addFalsePositive(classId);
      }
    }
  }

  /** Whether a segment is a crowd that the rules treat as one. */
  private boolean excuses(PanopticSegment truth) {
    return truth.crowd() && !released;
  }

  private long intersection(int truthIndex, int predictionIndex) {
    return intersections[truthIndex * (predictions.size() + 1) + predictionIndex];
  }

  private void requireDrawn(long area, PanopticSegment segment) {
    if (area == 0) {
      throw new InvalidInputException(
          "image %s: segment %d is listed for the prediction but has no pixel in its map"
              .formatted(image, segment.id()));
    }
  }

  /** From segment ids to 1, 2, ... in the order of the list: a small open hash table. */
  private static final class SegmentIndex {

    /** In place of an index: an id that is not listed is an error. */
    static final int REFUSED = -1;

    private final String image;
    private final String what;
    private final int unlisted;
    private final int mask;
    private final int[] keys;
    private final int[] indices;

    SegmentIndex(String image, String what, List<PanopticSegment> segments, int unlisted) {
      this.image = image;
      this.what = what;
      this.unlisted = unlisted;
      int capacity = Integer.highestOneBit(Math.max(4, segments.size() * 4)) * 2;
      this.mask = capacity - 1;
      this.keys = new int[capacity];
      this.indices = new int[capacity];
      Arrays.fill(indices, -1);
      put(PanopticMap.VOID, VOID_INDEX);
      for (int i = 0; i < segments.size(); i++) {
        put(segments.get(i).id(), i + 1);
      }
    }

    private void put(int id, int index) {
      int slot = slot(id);
      if (indices[slot] >= 0) {
        throw new InvalidInputException(
            id == PanopticMap.VOID
                ? "image %s: %s lists a segment with id 0, which means void".formatted(image, what)
                : "image %s: %s lists segment %d twice".formatted(image, what, id));
      }
      keys[slot] = id;
      indices[slot] = index;
    }

    int of(int id) {
      int index = indices[slot(id)];
      if (index < 0 && unlisted >= 0) {
        return unlisted;
      }
      if (index < 0) {
        throw new InvalidInputException(
            "image %s: segment %d is in the map of %s but not in its list"
                .formatted(image, id, what));
      }
      return index;
    }

    /** The id's slot, or the free one where it belongs. */
    private int slot(int id) {
      int slot = (id * 0x9e3779b9 >>> 7) & mask;
      while (indices[slot] >= 0 && keys[slot] != id) {
        slot = slot + 1 & mask;
      }
      return slot;
    }
  }
}
