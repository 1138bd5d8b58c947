package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.metrics.InstanceCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The columns of instance segmentation's scores. */
public final class InstanceColumns {

  /** Of the IoU thresholds 0.50, 0.55, ... the place of 0.50. */
  public static final int IOU_HALF = 0;

  /** Of the IoU thresholds 0.50, 0.55, ... the place of 0.75. */
  public static final int IOU_THREE_QUARTERS = 5;

  /** In the order of the file. */
  static final List<FrameColumn> ALL =
      List.of(
          precision(
              MetricsSchema.AP,
              "average precision of the frame, IoU 0.50:0.05:0.95, percent",
              counts -> counts.averagePrecision(AreaRange.ALL)),
          precision(
              MetricsSchema.AP50,
              "average precision at IoU 0.50, percent",
              counts -> counts.averagePrecisionAt(IOU_HALF)),
          precision(
              MetricsSchema.AP75,
              "average precision at IoU 0.75, percent",
              counts -> counts.averagePrecisionAt(IOU_THREE_QUARTERS)),
          FrameColumn.ofScore(
              FrameScore.Instance.class,
              MetricsSchema.DETECTIONS,
              new ColumnType.ListOf(
                  new ColumnType.Struct(
                      new ColumnType.Member(MetricsSchema.CATEGORY, ColumnType.Scalar.INTEGER),
                      new ColumnType.Member(MetricsSchema.SCORE, ColumnType.Scalar.DOUBLE),
                      new ColumnType.Member(MetricsSchema.MATCHED, ColumnType.Scalar.LONG),
                      new ColumnType.Member(MetricsSchema.IGNORED, ColumnType.Scalar.LONG))),
              "of every detection: its class from 0, its score, and where it matched an object and"
                  + " where it counts neither way, one bit for each area and threshold",
              score -> Optional.of(detections(score.counts()))),
          FrameColumn.ofScore(
              FrameScore.Instance.class,
              MetricsSchema.INSTANCE_COUNTS,
              new ColumnType.ListOf(truthType()),
              "of every class with an object: the class from 0 and the objects that count, by area",
              score -> Optional.of(truths(score.counts()))),
          FrameColumn.ofScore(
              FrameScore.Instance.class,
              MetricsSchema.STUFF,
              new ColumnType.ListOf(ColumnType.Scalar.INTEGER),
              "classes without objects that the ground truth shows segments of, for which the"
                  + " paper's released code counts objects; null in files of earlier versions",
              score -> score.stuff().map(own -> own.stream().sorted().toList())));

  private InstanceColumns() {}

  private static ColumnType.Struct truthType() {
    List<ColumnType.Member> members = new ArrayList<>();
    members.add(new ColumnType.Member(MetricsSchema.CATEGORY, ColumnType.Scalar.INTEGER));
    for (AreaRange range : AreaRange.values()) {
      members.add(new ColumnType.Member(MetricsSchema.area(range), ColumnType.Scalar.LONG));
    }
    return new ColumnType.Struct(members);
  }

  private static FrameColumn precision(
      String name, String description, Function<InstanceCounts, Optional<Double>> value) {
    return FrameColumn.ofScore(
        FrameScore.Instance.class,
        name,
        ColumnType.Scalar.DOUBLE,
        description,
        score -> value.apply(score.counts()));
  }

  /** A class's detections keep their order, which decides among equal scores. */
  private static List<List<Object>> detections(InstanceCounts counts) {
    List<List<Object>> rows = new ArrayList<>();
    for (int classId = 0; classId < counts.classCount(); classId++) {
      for (DetectionOutcome detection : counts.detections(classId)) {
        rows.add(
            List.of(
                classId,
                detection.score(),
                packed(detection.matched()),
                packed(detection.ignored())));
      }
    }
    return rows;
  }

  private static List<List<Object>> truths(InstanceCounts counts) {
    List<List<Object>> rows = new ArrayList<>();
    for (int classId = 0; classId < counts.classCount(); classId++) {
      if (counts.truths(classId, AreaRange.ALL) > 0) {
        List<Object> row = new ArrayList<>();
        row.add(classId);
        for (AreaRange range : AreaRange.values()) {
          row.add(counts.truths(classId, range));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Bit 10 * area + threshold. */
  private static long packed(int[] bitsOfAreas) {
    long packed = 0;
    for (int area = 0; area < bitsOfAreas.length; area++) {
      packed |= (long) bitsOfAreas[area] << area * DetectionOutcome.THRESHOLDS;
    }
    return packed;
  }
}
