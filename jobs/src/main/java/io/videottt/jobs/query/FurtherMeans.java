package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import io.videottt.adaptation.scoring.FrameMetric;
import io.videottt.adaptation.scoring.FrameMetrics;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.reports.FurtherMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What metrics of other jars say of results: their means over all frames that they are of. */
public final class FurtherMeans {

  private static final String FRAMES = "_frames";

  private FurtherMeans() {}

  /**
   * The means, over the frames of all videos, seeds and trained models.
   *
   * @param frames as {@link FrameQueries#frames} reads them
   * @return none where there are no such metrics
   */
  public static List<FurtherMean> of(Dataset<Row> frames) {
    Map<String, FrameMetric> metrics = FrameMetrics.byColumn();
    if (metrics.isEmpty()) {
      return List.of();
    }
    List<Column> sums = new ArrayList<>();
    for (String column : metrics.keySet()) {
      sums.add(avg(col(column)).as(column));
      sums.add(count(col(column)).as(column + FRAMES));
    }
    List<FurtherMean> means = new ArrayList<>();
    for (Row row :
        JobNames.rows(
            "report: metrics of other jars",
            frames
                .groupBy(FrameQueries.columns(FrameQueries.RESULT))
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)))) {
      ResultKey key = ResultKey.of(row);
      metrics.forEach(
          (column, metric) -> {
            long defined = row.getLong(row.fieldIndex(column + FRAMES));
            if (defined > 0) {
              means.add(
                  new FurtherMean(
                      key.set(),
                      key.model(),
                      key.method(),
                      key.variant(),
                      metric.title(),
                      metric.description(),
                      row.getDouble(row.fieldIndex(column)),
                      defined));
            }
          });
    }
    return means;
  }
}
