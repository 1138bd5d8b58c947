package io.videottt.jobs.query;

import static io.videottt.jobs.query.FrameQueries.columns;
import static io.videottt.jobs.query.FrameQueries.with;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.videottt.base.Task;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.metrics.AreaRange;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The metrics by the formulas of the paper's released code, from the rows' counts. Of frames: it
 * scores the adapted methods so. Of whole videos: on COCO Videos it scores the fixed models so.
 */
public final class ReleasedQueries {

  /** Value of a frame, percent; null where it is not defined or not known. */
  static final String RELEASED = "released";

  /** Whether a frame is annotated, and its row does not hold what the formula needs. */
  static final String UNKNOWN = "released_unknown";

  /** Number of frames that have a value. */
  static final String DEFINED = "released_defined";

  private static final List<String> VIDEO = with(FrameQueries.REPETITION, MetricsSchema.VIDEO);

  private static final List<String> CLASS = with(VIDEO, MetricsSchema.CATEGORY);

  private static final String CLASS_VALUE = "released_class";

  private ReleasedQueries() {}

  /** The value of a frame of any task. */
  static Column value() {
    return coalesce(meanIou(), col(MetricsSchema.PQ_RELEASED), averagePrecision());
  }

  /**
   * Mean IoU over the classes of the truth, spread over those of truth or prediction: a class that
   * is only predicted adds nothing to the sum.
   */
  private static Column meanIou() {
    String truths =
        "transform(%s, cell -> cell div %s)"
            .formatted(MetricsSchema.CONFUSION_CELLS, MetricsSchema.CLASS_COUNT);
    String predictions =
        "transform(%s, cell -> cast(cell %% %s as bigint))"
            .formatted(MetricsSchema.CONFUSION_CELLS, MetricsSchema.CLASS_COUNT);
    return when(
        col(MetricsSchema.MIOU).isNotNull(),
        col(MetricsSchema.MIOU)
            .multiply(expr("size(array_union(%s, %s))".formatted(truths, truths)))
            .divide(expr("size(array_union(%s, %s))".formatted(truths, predictions))));
  }

  /** Average precision over the classes of objects, spread over those and stuff. */
  private static Column averagePrecision() {
    Column objects = size(col(MetricsSchema.INSTANCE_COUNTS));
    Column classes = objects.plus(size(col(MetricsSchema.STUFF)));
    return when(
        col(MetricsSchema.STUFF).isNotNull().and(classes.gt(0)),
        coalesce(col(MetricsSchema.AP), lit(0.0)).multiply(objects).divide(classes));
  }

  /**
   * Whether a frame's row lacks what its value needs, as rows of earlier versions do; those of
   * colorization have no value by the release, which has no code for it.
   */
  static Column unknown() {
    return col(MetricsSchema.ANNOTATED)
        .and(col(MetricsSchema.CLASS_COUNT).isNull())
        .and(col(MetricsSchema.PQ_RELEASED).isNull())
        .and(col(MetricsSchema.STUFF).isNull())
        .and(col(MetricsSchema.COLOUR_SAMPLES).isNull());
  }

  /**
   * The value of every repetition's videos, each pooled by itself, as {@link #RELEASED}; a video
   * without any class has none.
   *
   * @param task panoptic or instance: no fixed model of another task is scored so
   */
  public static Dataset<Row> videos(Task task, Dataset<Row> frames) {
    Dataset<Row> own = frames.where(col(MetricsSchema.TASK).equalTo(task.id()));
    Dataset<Row> classes =
        switch (task) {
          case SEMANTIC, COLORIZATION ->
              throw new IllegalArgumentException("no videos of " + task.title());
          case PANOPTIC ->
              PanopticPooling.pooledClasses(own, VIDEO, MetricsSchema.PANOPTIC_COUNTS_RELEASED)
                  .select(with(columns(CLASS), col(PanopticPooling.CLASS_PQ).as(CLASS_VALUE)));
          case INSTANCE ->
              InstancePooling.pooledClasses(own, VIDEO)
                  .where(col(InstancePooling.AREA).equalTo(AreaRange.ALL.ordinal()))
                  .select(with(columns(CLASS), col(InstancePooling.CLASS_AP).as(CLASS_VALUE)))
                  .union(stuff(own))
                  .groupBy(columns(CLASS))
                  .agg(max(CLASS_VALUE).as(CLASS_VALUE));
        };
    return classes.groupBy(columns(VIDEO)).agg(avg(CLASS_VALUE).as(RELEASED));
  }

  /** The classes of stuff that occur in frames of a video, for which nothing is found. */
  private static Dataset<Row> stuff(Dataset<Row> frames) {
    return frames
        .select(with(columns(VIDEO), explode(col(MetricsSchema.STUFF)).as(MetricsSchema.CATEGORY)))
        .select(with(columns(CLASS), lit(0.0).as(CLASS_VALUE)));
  }
}
