package io.videottt.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The steps from frame rows to the pictures that are kept of a few frames. */
final class PreviewQueries {

  private PreviewQueries() {}

  /**
   * Of the frames those of which pictures are kept and whose metric is defined.
   *
   * @param frames rows of {@link MetricsQueries#frames}
   * @param methods to look at
   */
  static Dataset<Row> kept(Dataset<Row> frames, Set<String> methods) {
    return frames
        .where(col(MetricsQueries.METHOD).isin(methods.toArray()))
        .where(col(MetricsSchema.PREVIEW).isNotNull())
        .where(col(MetricsQueries.QUALITY).isNotNull());
  }

  /** The frames without their pictures, those of one video and method by variant and seed. */
  static Dataset<Row> values(Dataset<Row> frames) {
    List<String> order =
        MetricsQueries.with(
            MetricsQueries.RESULT,
            MetricsSchema.TRAINING_SEED,
            MetricsSchema.SEED,
            MetricsSchema.UNIT_ID,
            MetricsQueries.VIDEO,
            MetricsSchema.FRAME_INDEX);
    return frames
        .select(
            MetricsQueries.columns(
                MetricsQueries.with(order, MetricsSchema.FRAME_NAME, MetricsQueries.QUALITY)))
        .orderBy(MetricsQueries.columns(order));
  }

  /** The pictures of frames, each named by its unit and index. */
  static Dataset<Row> pictures(Dataset<Row> frames, Set<PreviewChoice.Place> places) {
    Column wanted =
        places.stream()
            .map(
                place ->
                    col(MetricsSchema.UNIT_ID)
                        .equalTo(place.unitId())
                        .and(col(MetricsSchema.FRAME_INDEX).equalTo(place.frame())))
            .reduce(Column::or)
            .orElse(lit(false));
    return frames
        .where(wanted)
        .select(
            col(MetricsSchema.UNIT_ID),
            col(MetricsSchema.FRAME_INDEX),
            col(MetricsSchema.PREVIEW),
            col(MetricsSchema.PREVIEW_INPUT),
            col(MetricsSchema.PREVIEW_TRUTH));
  }
}
