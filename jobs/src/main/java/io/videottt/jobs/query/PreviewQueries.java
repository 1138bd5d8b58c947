package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.videottt.jobs.results.MetricsSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The steps from frame rows to the pictures that are kept of some frames. */
public final class PreviewQueries {

  public static final String PICTURES = "pictures";
  public static final String LENGTH = "length";
  public static final String FRAME = "frame";

  /** Points of a line over a video: more are means of consecutive frames. */
  public static final int MOST_POINTS = 480;

  private static final String BUCKET = "bucket";

  private PreviewQueries() {}

  /**
   * The units of which pictures are kept, with the size of every picture, in the order in which one
   * is preferred to others of the same method: by variant, training seed and seed.
   *
   * @param frames rows of {@link FrameQueries#frames}
   */
  public static Dataset<Row> units(Dataset<Row> frames) {
    List<String> unit =
        FrameQueries.with(
            FrameQueries.RESULT,
            MetricsSchema.TRAINING_SEED,
            MetricsSchema.SEED,
            MetricsSchema.UNIT_ID,
            MetricsSchema.VIDEO);
    return frames
        .where(col(MetricsSchema.PREVIEW).isNotNull())
        .groupBy(FrameQueries.columns(unit))
        .agg(
            sort_array(
                    collect_list(
                        struct(
                            col(MetricsSchema.FRAME_INDEX),
                            bytes(MetricsSchema.PREVIEW),
                            bytes(MetricsSchema.PREVIEW_INPUT),
                            bytes(MetricsSchema.PREVIEW_TRUTH))))
                .as(PICTURES))
        .orderBy(FrameQueries.columns(unit));
  }

  /** A picture's size; a GPU counts the bytes of texts only. */
  private static Column bytes(String column) {
    return coalesce(octet_length(col(column).cast(DataTypes.StringType)), lit(0)).as(column);
  }

  /**
   * The metric over the frames of units, at most {@link #MOST_POINTS} points each: of every frame,
   * or of longer videos means of consecutive frames. Frames without metric have no part in them.
   *
   * @param units ids
   * @return unit, number of its frames, first frame of a point and the metric, null where no frame
   *     of the point has it
   */
  public static Dataset<Row> lines(Dataset<Row> frames, Collection<String> units) {
    Dataset<Row> own = of(frames, units);
    Dataset<Row> lengths =
        own.groupBy(MetricsSchema.UNIT_ID).agg(max(MetricsSchema.FRAME_INDEX).plus(1).as(LENGTH));
    Column index = col(MetricsSchema.FRAME_INDEX).cast(DataTypes.LongType);
    Column bucket =
        when(col(LENGTH).leq(MOST_POINTS), index)
            .otherwise(floor(index.multiply(lit((long) MOST_POINTS)).divide(col(LENGTH))));
    List<String> order = List.of(MetricsSchema.UNIT_ID, FRAME);
    return own.join(broadcast(lengths), FrameQueries.names(List.of(MetricsSchema.UNIT_ID)), "inner")
        .withColumn(BUCKET, bucket)
        .groupBy(FrameQueries.columns(List.of(MetricsSchema.UNIT_ID, LENGTH, BUCKET)))
        .agg(
            min(MetricsSchema.FRAME_INDEX).as(FRAME),
            avg(FrameQueries.QUALITY).as(FrameQueries.QUALITY))
        .orderBy(FrameQueries.columns(order));
  }

  /**
   * Rows of frames with their pictures.
   *
   * @param places frames by the units that they are wanted of
   */
  public static Dataset<Row> pictures(Dataset<Row> frames, Map<Set<String>, List<Integer>> places) {
    Column wanted =
        places.entrySet().stream()
            .map(
                entry ->
                    col(MetricsSchema.UNIT_ID)
                        .isin(entry.getKey().toArray())
                        .and(col(MetricsSchema.FRAME_INDEX).isin(entry.getValue().toArray())))
            .reduce(Column::or)
            .orElse(lit(false));
    return frames
        .where(wanted)
        .select(
            col(MetricsSchema.UNIT_ID),
            col(MetricsSchema.FRAME_INDEX),
            col(MetricsSchema.FRAME_NAME),
            col(MetricsSchema.ANNOTATED),
            col(FrameQueries.QUALITY),
            col(MetricsSchema.PREVIEW),
            col(MetricsSchema.PREVIEW_INPUT),
            col(MetricsSchema.PREVIEW_TRUTH));
  }

  private static Dataset<Row> of(Dataset<Row> frames, Collection<String> units) {
    return frames.where(col(MetricsSchema.UNIT_ID).isin(units.toArray()));
  }
}
