package io.videottt.jobs.query;

import static io.videottt.jobs.query.FrameQueries.columns;
import static io.videottt.jobs.query.FrameQueries.with;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.PooledMetric;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Mean IoU over all frames of a repetition: one confusion matrix for all. */
final class SemanticPooling {

  private static final String CLASS = "class";
  private static final String CLASS_IOU = "class_iou";
  private static final String POSITION = "position";
  private static final String CELL = "cell";
  private static final String SIDE = "side";
  private static final String TRUTH = "truth";
  private static final String PREDICTED = "predicted";
  private static final String CORRECT = "correct";
  private static final String PIXELS = "pixels";

  private SemanticPooling() {}

  /** Non-zero cells of the confusion matrices, summed over all frames of a repetition. */
  static Dataset<Row> pooledCells(Dataset<Row> frames) {
    List<String> matrix = with(FrameQueries.REPETITION, MetricsSchema.CLASS_COUNT);
    return frames
        .select(
            with(
                columns(with(matrix, MetricsSchema.CONFUSION_COUNTS)),
                posexplode(col(MetricsSchema.CONFUSION_CELLS)).as(new String[] {POSITION, CELL})))
        .select(
            with(
                columns(with(matrix, CELL)),
                // Cheaper than pairs of cell and count, which would be an object for every cell.
                expr(MetricsSchema.CONFUSION_COUNTS + "[" + POSITION + "]").as(PIXELS)))
        .groupBy(columns(with(matrix, CELL)))
        .agg(sum(PIXELS).as(PIXELS))
        .select(
            with(
                columns(FrameQueries.REPETITION),
                expr(CELL + " div " + MetricsSchema.CLASS_COUNT).cast("int").as(TRUTH),
                col(CELL).mod(col(MetricsSchema.CLASS_COUNT)).as(PREDICTED),
                col(PIXELS)));
  }

  /** Pixels per class of a repetition: of the ground truth, of the prediction, and of both. */
  static Dataset<Row> pooledClasses(Dataset<Row> cells) {
    Column pixels = col(PIXELS);
    Column zero = lit(0L);
    Column right = when(col(TRUTH).equalTo(col(PREDICTED)), pixels).otherwise(zero);
    // Both sides of a cell from one pass: a union would compute the cells twice.
    Column sides =
        array(
            struct(col(TRUTH).as(CLASS), pixels.as(TRUTH), zero.as(PREDICTED), right.as(CORRECT)),
            struct(
                col(PREDICTED).as(CLASS), zero.as(TRUTH), pixels.as(PREDICTED), zero.as(CORRECT)));
    return cells
        .select(with(columns(FrameQueries.REPETITION), explode(sides).as(SIDE)))
        .select(
            with(
                columns(FrameQueries.REPETITION),
                col(SIDE + "." + CLASS).as(CLASS),
                col(SIDE + "." + TRUTH).as(TRUTH),
                col(SIDE + "." + PREDICTED).as(PREDICTED),
                col(SIDE + "." + CORRECT).as(CORRECT)))
        .groupBy(columns(with(FrameQueries.REPETITION, CLASS)))
        .agg(sum(TRUTH).as(TRUTH), sum(PREDICTED).as(PREDICTED), sum(CORRECT).as(CORRECT));
  }

  /** Pooled protocol: mean IoU over the classes present in the ground truth, percent. */
  static Dataset<Row> pooledMeans(Dataset<Row> classes) {
    Column union = col(TRUTH).plus(col(PREDICTED)).minus(col(CORRECT));
    return classes
        .where(col(TRUTH).gt(0))
        .select(
            with(
                columns(with(FrameQueries.REPETITION, CLASS)),
                col(CORRECT).multiply(100.0).divide(union).as(CLASS_IOU)))
        .groupBy(columns(FrameQueries.REPETITION))
        .agg(
            avg(CLASS_IOU).as(PooledMetric.MIOU.id()),
            FrameQueries.classValues(col(CLASS), col(CLASS_IOU)));
  }
}
