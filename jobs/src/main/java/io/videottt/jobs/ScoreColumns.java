package io.videottt.jobs;

import io.videottt.adaptation.FrameScore;
import io.videottt.catalog.ClassDefinition;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.SemanticCounts;
import io.videottt.metrics.SparseCounts;
import java.util.List;
import org.apache.parquet.example.data.Group;

/**
 * Fills the columns of one frame's score: the values, and the counts that every protocol is
 * recomputed from without loss.
 */
final class ScoreColumns {

  private static final String ELEMENT = "element";

  private final List<ClassDefinition> classes;

  /**
   * @param classes of the data set, in the order of their ids
   */
  ScoreColumns(List<ClassDefinition> classes) {
    this.classes = classes;
  }

  void append(Group row, FrameScore score) {
    if (score instanceof FrameScore.Semantic semantic) {
      append(row, semantic.counts());
    } else if (score instanceof FrameScore.Panoptic panoptic) {
      append(row, panoptic.counts());
      panoptic.released().ifPresent(value -> row.append(MetricsSchema.PQ_RELEASED, value));
      panoptic
          .releasedCounts()
          .ifPresent(
              own -> appendClasses(row.addGroup(MetricsSchema.PANOPTIC_COUNTS_RELEASED), own));
    } else if (score instanceof FrameScore.Instance instance) {
      append(row, instance.counts());
      instance
          .stuff()
          .ifPresent(
              own -> {
                Group stuff = row.addGroup(MetricsSchema.STUFF);
                own.stream()
                    .sorted()
                    .forEach(classId -> stuff.addGroup("list").append(ELEMENT, classId));
              });
    }
  }

  private static void append(Group row, SemanticCounts counts) {
    counts.meanIou().ifPresent(value -> row.append(MetricsSchema.MIOU, value));
    row.append(MetricsSchema.CLASS_COUNT, counts.classCount());
    SparseCounts sparse = counts.sparse();
    Group cells = row.addGroup(MetricsSchema.CONFUSION_CELLS);
    for (int cell : sparse.cells()) {
      cells.addGroup("list").append(ELEMENT, cell);
    }
    Group pixels = row.addGroup(MetricsSchema.CONFUSION_COUNTS);
    for (long count : sparse.counts()) {
      pixels.addGroup("list").append(ELEMENT, count);
    }
  }

  /** Classes without any segment in the frame are left out. */
  private void append(Group row, PanopticCounts counts) {
    counts
        .quality()
        .ifPresent(
            quality -> {
              row.append(MetricsSchema.PQ, quality.pq());
              row.append(MetricsSchema.SQ, quality.sq());
              row.append(MetricsSchema.RQ, quality.rq());
            });
    appendClasses(row.addGroup(MetricsSchema.PANOPTIC_COUNTS), counts);
  }

  private void appendClasses(Group qualities, PanopticCounts counts) {
    for (int classId = 0; classId < counts.classCount(); classId++) {
      if (counts.quality(classId).isEmpty()) {
        continue;
      }
      element(qualities)
          .append(MetricsSchema.CATEGORY, classId)
          .append(MetricsSchema.THING, classes.get(classId).thing())
          .append(MetricsSchema.IOU_SUM, counts.iouSum(classId))
          .append(MetricsSchema.TRUE_POSITIVES, counts.truePositives(classId))
          .append(MetricsSchema.FALSE_POSITIVES, counts.falsePositives(classId))
          .append(MetricsSchema.FALSE_NEGATIVES, counts.falseNegatives(classId));
    }
  }

  /** A class's detections keep their order, which decides among equal scores. */
  private static void append(Group row, InstanceCounts counts) {
    counts.averagePrecision(AreaRange.ALL).ifPresent(value -> row.append(MetricsSchema.AP, value));
    counts
        .averagePrecisionAt(MetricsSchema.IOU_HALF)
        .ifPresent(value -> row.append(MetricsSchema.AP50, value));
    counts
        .averagePrecisionAt(MetricsSchema.IOU_THREE_QUARTERS)
        .ifPresent(value -> row.append(MetricsSchema.AP75, value));
    Group detections = row.addGroup(MetricsSchema.DETECTIONS);
    Group truths = row.addGroup(MetricsSchema.INSTANCE_COUNTS);
    for (int classId = 0; classId < counts.classCount(); classId++) {
      for (DetectionOutcome detection : counts.detections(classId)) {
        element(detections)
            .append(MetricsSchema.CATEGORY, classId)
            .append(MetricsSchema.SCORE, detection.score())
            .append(MetricsSchema.MATCHED, packed(detection.matched()))
            .append(MetricsSchema.IGNORED, packed(detection.ignored()));
      }
      if (counts.truths(classId, AreaRange.ALL) > 0) {
        Group truth = element(truths).append(MetricsSchema.CATEGORY, classId);
        for (AreaRange range : AreaRange.values()) {
          truth.append(MetricsSchema.area(range), counts.truths(classId, range));
        }
      }
    }
  }

  /** Bit 10 * area + threshold. */
  private static long packed(int[] bitsOfAreas) {
    long packed = 0;
    for (int area = 0; area < bitsOfAreas.length; area++) {
      packed |= (long) bitsOfAreas[area] << area * DetectionOutcome.THRESHOLDS;
    }
    return packed;
  }

  private static Group element(Group list) {
    return list.addGroup("list").addGroup(ELEMENT);
  }
}
