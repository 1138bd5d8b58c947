package io.videottt.jobs.query;

import static io.videottt.jobs.query.FrameQueries.columns;
import static io.videottt.jobs.query.FrameQueries.with;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.PooledMetric;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Panoptic quality over all frames of a repetition: the segments' counts are summed per class. */
final class PanopticPooling {

  /** Panoptic quality of one class, percent. */
  static final String CLASS_PQ = "class_pq";

  /** Segmentation quality of one class, percent. */
  static final String CLASS_SQ = "class_sq";

  /** Recognition quality of one class, percent. */
  static final String CLASS_RQ = "class_rq";

  private static final List<String> COUNTS =
      List.of(
          MetricsSchema.IOU_SUM,
          MetricsSchema.TRUE_POSITIVES,
          MetricsSchema.FALSE_POSITIVES,
          MetricsSchema.FALSE_NEGATIVES);
  private static final String SEGMENT = "segment";

  private PanopticPooling() {}

  /** Pooled protocol: the means over the classes that have segments, percent. */
  static Dataset<Row> pooledMeans(Dataset<Row> classes) {
    Column thing = col(MetricsSchema.THING);
    return classes
        .groupBy(columns(FrameQueries.REPETITION))
        .agg(
            avg(CLASS_PQ).as(PooledMetric.PQ.id()),
            avg(CLASS_SQ).as(PooledMetric.SQ.id()),
            avg(CLASS_RQ).as(PooledMetric.RQ.id()),
            avg(when(thing, col(CLASS_PQ))).as(PooledMetric.PQ_THINGS.id()),
            avg(when(not(thing), col(CLASS_PQ))).as(PooledMetric.PQ_STUFF.id()),
            FrameQueries.classValues(col(MetricsSchema.CATEGORY), col(CLASS_PQ)));
  }

  /** The qualities of every class that has a segment, over all frames of a repetition. */
  static Dataset<Row> pooledClasses(Dataset<Row> frames) {
    return pooledClasses(frames, FrameQueries.REPETITION, MetricsSchema.PANOPTIC_COUNTS);
  }

  /**
   * The same.
   *
   * @param group columns that name the frames to pool
   * @param counts column of the segments' counts
   */
  static Dataset<Row> pooledClasses(Dataset<Row> frames, List<String> group, String counts) {
    List<String> ofClass = with(group, MetricsSchema.CATEGORY, MetricsSchema.THING);
    Column[] fields =
        COUNTS.stream().map(name -> col(SEGMENT + "." + name).as(name)).toArray(Column[]::new);
    Column[] sums = COUNTS.stream().map(name -> sum(name).as(name)).toArray(Column[]::new);
    Column right = col(MetricsSchema.TRUE_POSITIVES);
    Column segments =
        right
            .plus(col(MetricsSchema.FALSE_POSITIVES).multiply(0.5))
            .plus(col(MetricsSchema.FALSE_NEGATIVES).multiply(0.5));
    Column iou = col(MetricsSchema.IOU_SUM).multiply(100.0);
    return frames
        .select(with(columns(group), explode(col(counts)).as(SEGMENT)))
        .select(
            with(
                with(
                    columns(group),
                    col(SEGMENT + "." + MetricsSchema.CATEGORY).as(MetricsSchema.CATEGORY),
                    col(SEGMENT + "." + MetricsSchema.THING).as(MetricsSchema.THING)),
                fields))
        .groupBy(columns(ofClass))
        .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
        .select(
            with(
                columns(ofClass),
                iou.divide(segments).as(CLASS_PQ),
                when(right.equalTo(0), lit(0.0)).otherwise(iou.divide(right)).as(CLASS_SQ),
                right.multiply(100.0).divide(segments).as(CLASS_RQ)));
  }
}
