package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticQuality;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The columns of panoptic segmentation's scores. */
final class PanopticColumns {

  private static final ColumnType.ListOf COUNTS =
      new ColumnType.ListOf(
          new ColumnType.Struct(
              new ColumnType.Member(MetricsSchema.CATEGORY, ColumnType.Scalar.INTEGER),
              new ColumnType.Member(MetricsSchema.THING, ColumnType.Scalar.BOOLEAN),
              new ColumnType.Member(MetricsSchema.IOU_SUM, ColumnType.Scalar.DOUBLE),
              new ColumnType.Member(MetricsSchema.TRUE_POSITIVES, ColumnType.Scalar.LONG),
              new ColumnType.Member(MetricsSchema.FALSE_POSITIVES, ColumnType.Scalar.LONG),
              new ColumnType.Member(MetricsSchema.FALSE_NEGATIVES, ColumnType.Scalar.LONG)));

  /** In the order of the file. */
  static final List<FrameColumn> ALL =
      List.of(
          quality(MetricsSchema.PQ, "panoptic quality of the frame, percent", PanopticQuality::pq),
          quality(
              MetricsSchema.SQ, "segmentation quality of the frame, percent", PanopticQuality::sq),
          quality(
              MetricsSchema.RQ, "recognition quality of the frame, percent", PanopticQuality::rq),
          counts(
              MetricsSchema.PANOPTIC_COUNTS,
              "of every class with a segment in truth or prediction: the class from 0, whether its"
                  + " objects are counted, the sum of the IoUs of matched segments, matched"
                  + " segments, predicted ones without match, annotated ones without match",
              score -> Optional.of(score.counts())),
          FrameColumn.ofScore(
              FrameScore.Panoptic.class,
              MetricsSchema.PQ_RELEASED,
              ColumnType.Scalar.DOUBLE,
              "panoptic quality by the rules of the paper's released code, percent, 0 where there"
                  + " is no segment; null in files of earlier versions",
              score -> FrameColumn.boxed(score.released())),
          counts(
              MetricsSchema.PANOPTIC_COUNTS_RELEASED,
              "the counts by these rules; null in files of earlier versions",
              FrameScore.Panoptic::releasedCounts));

  private PanopticColumns() {}

  private static FrameColumn quality(
      String name, String description, Function<PanopticQuality, Double> part) {
    return FrameColumn.ofScore(
        FrameScore.Panoptic.class,
        name,
        ColumnType.Scalar.DOUBLE,
        description,
        score -> score.counts().quality().map(part));
  }

  private static FrameColumn counts(
      String name,
      String description,
      Function<FrameScore.Panoptic, Optional<PanopticCounts>> counts) {
    return FrameColumn.ofScore(
        FrameScore.Panoptic.class,
        name,
        COUNTS,
        description,
        (score, row) -> counts.apply(score).map(own -> rows(own, row.classes())));
  }

  /** Classes without any segment in the frame are left out. */
  private static List<List<Object>> rows(PanopticCounts counts, List<ClassDefinition> classes) {
    return IntStream.range(0, counts.classCount())
        .filter(classId -> counts.quality(classId).isPresent())
        .mapToObj(
            classId ->
                List.<Object>of(
                    classId,
                    classes.get(classId).thing(),
                    counts.iouSum(classId),
                    counts.truePositives(classId),
                    counts.falsePositives(classId),
                    counts.falseNegatives(classId)))
        .toList();
  }
}
