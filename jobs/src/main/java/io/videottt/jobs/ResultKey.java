package io.videottt.jobs;

import io.videottt.metrics.Task;
import java.util.Comparator;
import org.apache.spark.sql.Row;

/**
 * What identifies a row of a table, all seeds and trained models together.
 *
 * @param dataset name in the catalogue
 * @param split for example test
 * @param task what is predicted
 * @param model label of the weights
 * @param method id of the method
 * @param variant name of the settings, empty for the only ones
 */
record ResultKey(
    String dataset, String split, Task task, String model, String method, String variant) {

  /** By name, one field after the other. */
  static final Comparator<ResultKey> ORDER =
      Comparator.comparing(ResultKey::dataset)
          .thenComparing(ResultKey::split)
          .thenComparing(key -> key.task().id())
          .thenComparing(ResultKey::model)
          .thenComparing(ResultKey::method)
          .thenComparing(ResultKey::variant);

  static ResultKey of(Row row) {
    return new ResultKey(
        row.getAs(MetricsQueries.DATASET),
        row.getAs(MetricsSchema.SPLIT),
        Task.parse(row.getAs(MetricsQueries.TASK), "results"),
        row.getAs(MetricsSchema.MODEL),
        row.getAs(MetricsQueries.METHOD),
        row.getAs(MetricsSchema.VARIANT));
  }
}
