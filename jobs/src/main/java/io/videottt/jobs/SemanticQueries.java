package io.videottt.jobs;

import static io.videottt.jobs.MetricsQueries.columns;
import static io.videottt.jobs.MetricsQueries.with;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.reports.PooledMetric;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Mean IoU over all frames of a repetition: one confusion matrix for all. */
final class SemanticQueries {

  private static final String CLASS = "class";
  private static final String CLASS_IOU = "class_iou";
  private static final String TRUTH = "truth";
  private static final String PREDICTED = "predicted";
  private static final String CORRECT = "correct";
  private static final String PIXELS = "pixels";

  private SemanticQueries() {}

  /** Non-zero cells of the confusion matrices, summed over all frames of a repetition. */
  static Dataset<Row> pooledCells(Dataset<Row> frames) {
    Column classes = col(MetricsSchema.CLASS_COUNT);
    return frames
        .select(
            with(
                columns(MetricsQueries.REPETITION),
                classes,
                explode(
                        arrays_zip(
                            col(MetricsSchema.CONFUSION_CELLS),
                            col(MetricsSchema.CONFUSION_COUNTS)))
                    .as("cell")))
        .select(
            with(
                columns(MetricsQueries.REPETITION),
                expr("cell." + MetricsSchema.CONFUSION_CELLS + " div class_count").as(TRUTH),
                col("cell." + MetricsSchema.CONFUSION_CELLS).mod(classes).as(PREDICTED),
                col("cell." + MetricsSchema.CONFUSION_COUNTS).as(PIXELS)))
        .groupBy(columns(with(MetricsQueries.REPETITION, TRUTH, PREDICTED)))
        .agg(sum(PIXELS).as(PIXELS));
  }

  /** Pixels per class of a repetition: of the ground truth, of the prediction, and of both. */
  static Dataset<Row> pooledClasses(Dataset<Row> cells) {
    Column pixels = col(PIXELS);
    Column zero = lit(0L);
    Dataset<Row> ofTruth =
        cells.select(
            with(
                columns(MetricsQueries.REPETITION),
                col(TRUTH).cast("int").as(CLASS),
                pixels.as(TRUTH),
                zero.as(PREDICTED),
                when(col(TRUTH).equalTo(col(PREDICTED)), pixels).otherwise(zero).as(CORRECT)));
    Dataset<Row> ofPrediction =
        cells.select(
            with(
                columns(MetricsQueries.REPETITION),
                col(PREDICTED).cast("int").as(CLASS),
                zero.as(TRUTH),
                pixels.as(PREDICTED),
                zero.as(CORRECT)));
    return ofTruth
        .union(ofPrediction)
        .groupBy(columns(with(MetricsQueries.REPETITION, CLASS)))
        .agg(sum(TRUTH).as(TRUTH), sum(PREDICTED).as(PREDICTED), sum(CORRECT).as(CORRECT));
  }

  /** Pooled protocol: mean IoU over the classes present in the ground truth, percent. */
  static Dataset<Row> pooledMeans(Dataset<Row> classes) {
    Column union = col(TRUTH).plus(col(PREDICTED)).minus(col(CORRECT));
    return classes
        .where(col(TRUTH).gt(0))
        .select(
            with(
                columns(with(MetricsQueries.REPETITION, CLASS)),
                col(CORRECT).multiply(100.0).divide(union).as(CLASS_IOU)))
        .groupBy(columns(MetricsQueries.REPETITION))
        .agg(
            avg(CLASS_IOU).as(PooledMetric.MIOU.id()),
            MetricsQueries.classValues(col(CLASS), col(CLASS_IOU)));
  }
}
