package io.videottt.jobs.drawing;

import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A predicted segment and the annotated one of its class that it finds.
 *
 * @param predicted id of the predicted segment
 * @param truth id of the annotated segment, which no other match has
 * @param overlap intersection over union, above 0.5
 */
record SegmentMatch(int predicted, int truth, double overlap) {

  /** As in panoptic quality: what overlaps less is not taken for the same object. */
  private static final double LEAST_OVERLAP = 0.5;

  private record Ids(int predicted, int truth) {}

  /**
   * The matches of two segmentations of a frame.
   *
   * @throws IllegalArgumentException when they are not of one size
   */
  static List<SegmentMatch> of(PanopticMap predicted, PanopticMap truth) {
    if (predicted.height() != truth.height() || predicted.width() != truth.width()) {
      throw new IllegalArgumentException(
          "a prediction of %d x %d beside a truth of %d x %d"
              .formatted(predicted.height(), predicted.width(), truth.height(), truth.width()));
    }
    Map<Integer, PanopticSegment> predictedSegments = segments(predicted);
    Map<Integer, PanopticSegment> truthSegments = segments(truth);
    Map<Integer, Integer> predictedAreas = new HashMap<>();
    Map<Integer, Integer> truthAreas = new HashMap<>();
    Map<Ids, Integer> common = new HashMap<>();
    int end;
    // Neighbouring pixels mostly belong to the same two segments: whole runs are added at once.
    for (int start = 0; start < predicted.ids().length; start = end) {
      int ours = predicted.ids()[start];
      int theirs = truth.ids()[start];
      end = start + 1;
      while (end < predicted.ids().length
          && predicted.ids()[end] == ours
          && truth.ids()[end] == theirs) {
        end++;
      }
      predictedAreas.merge(ours, end - start, Integer::sum);
      truthAreas.merge(theirs, end - start, Integer::sum);
      PanopticSegment segment = predictedSegments.get(ours);
      PanopticSegment annotated = truthSegments.get(theirs);
      if (segment != null
          && annotated != null
          && !annotated.crowd()
          && segment.classId() == annotated.classId()) {
        common.merge(new Ids(ours, theirs), end - start, Integer::sum);
      }
    }
    List<SegmentMatch> candidates = new ArrayList<>();
    common.forEach(
        (ids, pixels) ->
            add(
                candidates,
                ids,
                pixels,
                predictedAreas.get(ids.predicted()),
                truthAreas.get(ids.truth())));
    return best(candidates);
  }

  private static Map<Integer, PanopticSegment> segments(PanopticMap map) {
    Map<Integer, PanopticSegment> segments = new HashMap<>();
    map.segments().forEach(segment -> segments.put(segment.id(), segment));
    return segments;
  }

  /**
   * The matches of objects, which may overlap each other; the id of the n-th object is n, from 1.
   */
  static List<SegmentMatch> of(List<InstanceTruth> predicted, List<InstanceTruth> truth) {
    List<SegmentMatch> candidates = new ArrayList<>();
    for (int ours = 0; ours < predicted.size(); ours++) {
      InstanceTruth object = predicted.get(ours);
      for (int theirs = 0; theirs < truth.size(); theirs++) {
        InstanceTruth annotated = truth.get(theirs);
        if (object.classId() == annotated.classId() && !annotated.crowd()) {
          add(
              candidates,
              new Ids(ours + 1, theirs + 1),
              object.mask().intersection(annotated.mask()),
              object.mask().area(),
              annotated.mask().area());
        }
      }
    }
    return best(candidates);
  }

  private static void add(
      List<SegmentMatch> candidates, Ids ids, long common, long predictedArea, long truthArea) {
    double overlap = (double) common / (predictedArea + truthArea - common);
    if (overlap > LEAST_OVERLAP) {
      candidates.add(new SegmentMatch(ids.predicted(), ids.truth(), overlap));
    }
  }

  /**
   * Each segment at most once, those that overlap most first; among equals the order of the ids.
   */
  private static List<SegmentMatch> best(List<SegmentMatch> candidates) {
    candidates.sort(
        Comparator.comparingDouble(SegmentMatch::overlap)
            .reversed()
            .thenComparingInt(SegmentMatch::predicted)
            .thenComparingInt(SegmentMatch::truth));
    Set<Integer> predicted = new HashSet<>();
    Set<Integer> truth = new HashSet<>();
    List<SegmentMatch> best = new ArrayList<>();
    for (SegmentMatch match : candidates) {
      if (!predicted.contains(match.predicted()) && !truth.contains(match.truth())) {
        predicted.add(match.predicted());
        truth.add(match.truth());
        best.add(match);
      }
    }
    return best;
  }
}
