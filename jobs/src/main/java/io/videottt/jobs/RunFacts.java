package io.videottt.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Printable;
import io.videottt.model.BoundedJson;
import io.videottt.reports.Measurement;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
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

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

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
        settings(row.getAs(MetricsSchema.SETTINGS)));
  }

  /** The settings of {@link io.videottt.adaptation.AdaptationSettings#canonical}, sorted by key. */
  static Map<String, String> settings(String json) {
    try {
      Map<String, String> settings = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : MAPPER.readTree(json).properties()) {
        JsonNode value = entry.getValue();
        settings.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
      }
      return settings;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("results: settings are no JSON: " + Printable.line(json), e);
    }
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
