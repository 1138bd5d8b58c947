package io.videottt.jobs;

import static org.apache.spark.sql.functions.col;

import io.videottt.adaptation.Method;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.PaperTables;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.PublishedResults;
import io.videottt.reports.SecondsPerFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a results folder with Spark and turns it into the paper's tables. */
final class ReportJob {

  private final SparkSession spark;

  ReportJob(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The tables of a results folder.
   *
   * @param results output folder of a sweep
   * @param unitIds the units to count, all when empty
   * @return none when there are no results yet
   * @throws InvalidInputException when there is no results folder
   */
  PaperTables tables(String results, Optional<Set<String>> unitIds) throws IOException {
    return new PaperTables(PublishedResults.load(), measurements(results, unitIds));
  }

  /** What was measured, one per row of a table. */
  List<Measurement> measurements(String results, Optional<Set<String>> unitIds) throws IOException {
    ResultsFolder folder = new ResultsFolder(results, spark.sparkContext().hadoopConfiguration());
    if (folder.finished().isEmpty()) {
      return List.of();
    }
    Dataset<Row> frames = MetricsQueries.withQuality(frames(folder.metrics()));
    if (unitIds.isPresent()) {
      frames = frames.where(col(MetricsSchema.UNIT_ID).isin(unitIds.get().toArray()));
    }
    Dataset<Row> summary =
        MetricsQueries.frameMeans(MetricsQueries.videoMeans(frames))
            .join(MetricsQueries.secondsPerFrame(frames), MetricsQueries.resultColumns(), "left");
    List<Row> rows = summary.orderBy(MetricsQueries.orderOfResults()).collectAsList();
    Map<ResultKey, Difference> differences =
        PairedDifferences.of(MetricsQueries.pairsWithFixed(frames));
    Map<ResultKey, Map<PooledMetric, Double>> pooled = new HashMap<>();
    Set<Task> tasks =
        rows.stream().map(row -> ResultKey.of(row).task()).collect(Collectors.toSet());
    for (Task task : tasks) {
      for (Row row : MetricsQueries.pooled(task, frames).collectAsList()) {
        pooled.put(ResultKey.of(row), pooled(task, row));
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (Row row : rows) {
      ResultKey key = ResultKey.of(row);
      measurements.add(
          measurement(
              row,
              key,
              pooled.getOrDefault(key, Map.of()),
              Optional.ofNullable(differences.get(key))));
    }
    return measurements;
  }

  private static Map<PooledMetric, Double> pooled(Task task, Row row) {
    Map<PooledMetric, Double> values = new EnumMap<>(PooledMetric.class);
    for (PooledMetric metric : PooledMetric.of(task)) {
      Double value = row.getAs(metric.id());
      if (value != null) {
        values.put(metric, value);
      }
    }
    return values;
  }

  private Dataset<Row> frames(Path metrics) {
    return spark
        .read()
        .schema(MetricsQueries.COLUMNS)
        .option("basePath", metrics.toString())
        .parquet(metrics.toString());
  }

  private static Measurement measurement(
      Row row, ResultKey key, Map<PooledMetric, Double> pooled, Optional<Difference> difference) {
    Method method = Method.parse(key.method(), "results");
    return new Measurement(
        new EvaluationSet(key.dataset(), key.split(), key.task()),
        key.model(),
        key.method(),
        method.title(),
        key.variant(),
        method.isControl(),
        Math.toIntExact(row.<Long>getAs(MetricsQueries.VIDEOS)),
        row.<Long>getAs(MetricsQueries.FRAMES),
        Math.toIntExact(row.<Long>getAs(MetricsQueries.SEEDS)),
        number(row, MetricsQueries.FRAME_MEAN),
        pooled,
        difference,
        new SecondsPerFrame(
            number(row, MetricsSchema.SECONDS_LOAD),
            number(row, MetricsSchema.SECONDS_ADAPT),
            number(row, MetricsSchema.SECONDS_PREDICT),
            number(row, MetricsSchema.SECONDS_EVALUATE)));
  }

  private static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : value;
  }
}
