package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;

import io.videottt.base.Task;
import io.videottt.jobs.results.MetricsSchema;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The steps from frame rows to what methods gain on the frames that pictures were kept of. */
public final class ShiftQueries {

  private static final List<String> FRAME =
      List.of(
          MetricsSchema.DATASET,
          MetricsSchema.SPLIT,
          MetricsSchema.VIDEO,
          MetricsSchema.FRAME_INDEX);

  private ShiftQueries() {}

  /** A gray frame has no colours that could lie apart from the training images'. */
  private static Dataset<Row> inColour(Dataset<Row> frames) {
    return frames.where(col(MetricsSchema.TASK).notEqual(Task.COLORIZATION.id()));
  }

  /** One picture of every frame that any was kept of. */
  public static Dataset<Row> inputs(Dataset<Row> frames) {
    return inColour(frames)
        .where(col(MetricsSchema.PREVIEW_INPUT).isNotNull())
        .groupBy(FrameQueries.columns(FRAME))
        .agg(first(MetricsSchema.PREVIEW_INPUT).as(MetricsSchema.PREVIEW_INPUT))
        .orderBy(FrameQueries.columns(FRAME));
  }

  /** The metric on the same frames, seeds averaged. */
  public static Dataset<Row> values(Dataset<Row> frames) {
    Dataset<Row> kept =
        inColour(frames)
            .where(col(MetricsSchema.PREVIEW_INPUT).isNotNull())
            .select(FrameQueries.columns(FRAME))
            .distinct();
    List<String> value =
        FrameQueries.with(FrameQueries.RESULT, MetricsSchema.VIDEO, MetricsSchema.FRAME_INDEX);
    return inColour(frames)
        .where(col(FrameQueries.QUALITY).isNotNull())
        .join(kept, FrameQueries.names(FRAME), "left_semi")
        .groupBy(FrameQueries.columns(value))
        .agg(avg(FrameQueries.QUALITY).as(FrameQueries.QUALITY))
        .orderBy(FrameQueries.columns(value));
  }
}
