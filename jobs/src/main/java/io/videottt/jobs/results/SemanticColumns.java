package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.metrics.SemanticCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The columns of semantic segmentation's scores. */
final class SemanticColumns {

  /** In the order of the file. */
  static final List<FrameColumn> ALL =
      List.of(
          column(
              MetricsSchema.MIOU,
              ColumnType.Scalar.DOUBLE,
              "mean IoU of the frame, percent",
              counts -> FrameColumn.boxed(counts.meanIou())),
          column(
              MetricsSchema.CLASS_COUNT,
              ColumnType.Scalar.INTEGER,
              "K, the number of classes of the confusion matrix",
              counts -> Optional.of(counts.classCount())),
          column(
              MetricsSchema.CONFUSION_CELLS,
              new ColumnType.ListOf(ColumnType.Scalar.INTEGER),
              "its non-zero cells, ascending: ground truth x K + prediction",
              counts -> Optional.of(Arrays.stream(counts.sparse().cells()).boxed().toList())),
          column(
              MetricsSchema.CONFUSION_COUNTS,
              new ColumnType.ListOf(ColumnType.Scalar.LONG),
              "the pixels of each of these cells",
              counts -> Optional.of(Arrays.stream(counts.sparse().counts()).boxed().toList())));

  private SemanticColumns() {}

  private static FrameColumn column(
      String name,
      ColumnType type,
      String description,
      Function<SemanticCounts, Optional<?>> value) {
    return FrameColumn.ofScore(
        FrameScore.Semantic.class, name, type, description, score -> value.apply(score.counts()));
  }
}
