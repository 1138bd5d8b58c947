package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.reports.SecondsPerFrame.Medians;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Median seconds per frame of every result, over the frames of all its videos and repetitions. */
public final class SecondsQueries {

  private static final String TOTAL = "seconds_total";

  /**
   * Up to half as many frames the median is exact; beyond, off by a frame in a hundred thousand.
   */
  private static final int ACCURACY = 100_000;

  private SecondsQueries() {}

  /** One row per result, with a column of medians for every column of seconds. */
  static Dataset<Row> medians(Dataset<Row> frames) {
    return frames
        .groupBy(FrameQueries.columns(FrameQueries.RESULT))
        .agg(
            median(
                col(MetricsSchema.SECONDS_ADAPT).plus(col(MetricsSchema.SECONDS_PREDICT)), TOTAL),
            median(MetricsSchema.SECONDS_LOAD),
            median(MetricsSchema.SECONDS_ADAPT),
            median(MetricsSchema.SECONDS_PREDICT),
            median(MetricsSchema.SECONDS_EVALUATE));
  }

  private static Column median(String column) {
    return median(col(column), column);
  }

  private static Column median(Column values, String name) {
    return percentile_approx(values, lit(0.5), lit(ACCURACY)).as(name);
  }

  /** The same by result. */
  public static Map<ResultKey, Medians> read(Dataset<Row> frames) {
    Map<ResultKey, Medians> medians = new HashMap<>();
    for (Row row : JobNames.rows("report: median seconds", medians(frames))) {
      medians.put(
          ResultKey.of(row),
          new Medians(
              number(row, TOTAL),
              number(row, MetricsSchema.SECONDS_LOAD),
              number(row, MetricsSchema.SECONDS_ADAPT),
              number(row, MetricsSchema.SECONDS_PREDICT),
              number(row, MetricsSchema.SECONDS_EVALUATE)));
    }
    return medians;
  }

  private static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : value;
  }
}
