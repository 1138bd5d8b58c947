package io.videottt.jobs.query;

import io.videottt.base.Task;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.EvaluationSet;
import java.util.Comparator;
import java.util.regex.Pattern;
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
public record ResultKey(
    String dataset, String split, Task task, String model, String method, String variant) {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /** By name, one field after the other; of settings window-2 stands before window-16. */
  public static final Comparator<ResultKey> ORDER =
      Comparator.comparing(ResultKey::dataset)
          .thenComparing(ResultKey::split)
          .thenComparing(key -> key.task().id())
          .thenComparing(ResultKey::model)
          .thenComparing(ResultKey::method)
          .thenComparing(key -> padded(key.variant()))
          .thenComparing(ResultKey::variant);

  private static String padded(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll(number -> "%018d".formatted(Long.parseLong(number.group())));
  }

  /** What all results of the model on the same evaluation set have in common. */
  ResultKey ofModel() {
    return new ResultKey(dataset, split, task, model, "", "");
  }

  /** What the result was evaluated on. */
  public EvaluationSet set() {
    return new EvaluationSet(dataset, split, task);
  }

  public static ResultKey of(Row row) {
    return new ResultKey(
        row.getAs(MetricsSchema.DATASET),
        row.getAs(MetricsSchema.SPLIT),
        Task.parse(row.getAs(MetricsSchema.TASK), "results"),
        row.getAs(MetricsSchema.MODEL),
        row.getAs(MetricsSchema.METHOD),
        row.getAs(MetricsSchema.VARIANT));
  }
}
