package io.videottt.jobs.query;

import io.videottt.base.Task;
import io.videottt.reports.ClassResult;
import io.videottt.reports.PooledMetric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The pooled metrics of one result and of its classes, means over the repetitions. */
public final class PooledMeans {

  private final Map<PooledMetric, SeedMeans> metrics = new EnumMap<>(PooledMetric.class);
  private final Map<Integer, SeedMeans> classes = new TreeMap<>();

  /** Adds a row of {@link FrameQueries#pooled}. */
  public void add(Task task, Row row) {
    Repetition repetition = Repetition.of(row);
    for (PooledMetric metric : PooledMetric.of(task)) {
      Double value = row.getAs(metric.id());
      if (value != null) {
        metrics.computeIfAbsent(metric, m -> new SeedMeans()).add(repetition, value);
      }
    }
    List<Row> values = row.getList(row.fieldIndex(FrameQueries.CLASS_VALUES));
    for (Row value : values) {
      classes
          .computeIfAbsent(value.getAs(FrameQueries.CLASS_ID), id -> new SeedMeans())
          .add(repetition, value.<Double>getAs(FrameQueries.CLASS_VALUE));
    }
  }

  /** What is not defined is left out. */
  public Map<PooledMetric, Double> metrics() {
    Map<PooledMetric, Double> means = new EnumMap<>(PooledMetric.class);
    metrics.forEach((metric, values) -> means.put(metric, values.mean()));
    return means;
  }

  public List<ClassResult> perClass() {
    List<ClassResult> means = new ArrayList<>();
    classes.forEach((id, values) -> means.add(new ClassResult(id, values.mean())));
    return means;
  }
}
