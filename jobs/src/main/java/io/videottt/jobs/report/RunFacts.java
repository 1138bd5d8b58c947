package io.videottt.jobs.report;

import io.videottt.jobs.query.FigureQueries;
import io.videottt.jobs.query.ResultKey;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.sweep.plan.CanonicalSettings;
import io.videottt.reports.Measurement;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * How, with what and where a result was made.
 *
 * @param key the result
 * @param fingerprint SHA-256 of the weights
 * @param host machine
 * @param device of the network
 * @param threads computing threads of the task
 * @param window k, where the method has one; 0 for all frames
 * @param settings the method's settings, sorted by key
 */
record RunFacts(
    ResultKey key,
    String fingerprint,
    String host,
    String device,
    int threads,
    OptionalInt window,
    Map<String, String> settings) {

  /** A row of {@link FigureQueries#facts}. */
  static RunFacts of(Row row) {
    Integer window = row.getAs(MetricsSchema.WINDOW);
    return new RunFacts(
        ResultKey.of(row),
        row.getAs(MetricsSchema.MODEL_FINGERPRINT),
        row.getAs(MetricsSchema.HOST),
        row.getAs(MetricsSchema.DEVICE),
        row.getAs(MetricsSchema.THREADS),
        window == null ? OptionalInt.empty() : OptionalInt.of(window),
        CanonicalSettings.byKey(row.getAs(MetricsSchema.SETTINGS)));
  }

  boolean isOf(Measurement m) {
    return key.dataset().equals(m.set().dataset())
        && key.split().equals(m.set().split())
        && key.task() == m.set().task()
        && key.model().equals(m.model())
        && key.method().equals(m.method())
        && key.variant().equals(m.variant());
  }

  /** The settings in words but for one. */
  String settingsWithout(String left) {
    return settings.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(left))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
