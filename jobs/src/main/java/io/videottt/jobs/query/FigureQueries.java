package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.videottt.jobs.results.MetricsSchema;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The steps from frame rows to what figures and the page show. Spark sums up; what comes to the
 * driver grows with results and videos, not with frames.
 */
public final class FigureQueries {

  public static final String LOSS = "loss";
  public static final String FRAME = "frame";

  /** Points of a line over a video: more cannot be told apart in a figure. */
  public static final int BUCKETS = 120;

  private static final String LENGTH = "length";
  private static final String BUCKET = "bucket";

  private FigureQueries() {}

  /**
   * How, with what and where every result was made: one row per combination. All rows of a unit say
   * the same, so its first frame is enough.
   */
  public static Dataset<Row> facts(Dataset<Row> frames) {
    List<String> facts =
        FrameQueries.with(
            FrameQueries.RESULT,
            MetricsSchema.MODEL_FINGERPRINT,
            MetricsSchema.HOST,
            MetricsSchema.DEVICE,
            MetricsSchema.THREADS,
            MetricsSchema.WINDOW,
            MetricsSchema.SETTINGS);
    return frames
        .where(col(MetricsSchema.FRAME_INDEX).equalTo(0))
        .select(FrameQueries.columns(facts))
        .distinct()
        .orderBy(FrameQueries.columns(facts));
  }

  /**
   * The metric and the loss over the frames of videos, seeds averaged: at most {@link #BUCKETS}
   * means of consecutive frames per result and video.
   *
   * @param videos the videos to look at
   */
  public static Dataset<Row> overTime(Dataset<Row> frames, Set<String> videos) {
    List<String> video = List.of(MetricsSchema.DATASET, MetricsSchema.SPLIT, MetricsSchema.VIDEO);
    Dataset<Row> own = frames.where(col(MetricsSchema.VIDEO).isin(videos.toArray()));
    Dataset<Row> lengths =
        own.groupBy(FrameQueries.columns(video))
            .agg(max(MetricsSchema.FRAME_INDEX).plus(1).as(LENGTH));
    Column bucket =
        when(col(LENGTH).leq(BUCKETS), col(MetricsSchema.FRAME_INDEX).cast(DataTypes.LongType))
            .otherwise(
                floor(
                    col(MetricsSchema.FRAME_INDEX)
                        .cast(DataTypes.LongType)
                        .multiply(lit((long) BUCKETS))
                        .divide(col(LENGTH))));
    List<String> line = FrameQueries.with(FrameQueries.RESULT, MetricsSchema.VIDEO);
    return own.join(broadcast(lengths), FrameQueries.names(video), "inner")
        .withColumn(BUCKET, bucket)
        .groupBy(FrameQueries.columns(FrameQueries.with(line, BUCKET)))
        .agg(
            min(MetricsSchema.FRAME_INDEX).as(FRAME),
            avg(FrameQueries.QUALITY).as(FrameQueries.QUALITY),
            avg(MetricsSchema.LOSS_BEFORE).as(LOSS))
        .orderBy(FrameQueries.columns(FrameQueries.with(line, FRAME)));
  }
}
