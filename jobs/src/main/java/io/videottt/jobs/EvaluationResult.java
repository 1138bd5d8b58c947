package io.videottt.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.reports.Table;
import io.videottt.reports.TableFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of an evaluation, in percent.
 *
 * @param task semantic, panoptic or instance
 * @param metrics the metrics' names, the main one first
 * @param perFrame by frame and metric, in the order of the frames; empty where undefined
 * @param pooled by metric, from the counts of all frames
 */
record EvaluationResult(
    String task,
    List<String> metrics,
    Map<String, Map<String, Optional<Double>>> perFrame,
    Map<String, Optional<Double>> pooled) {

  /** How many frames have no value of the main metric; the mean leaves them out. */
  long undefinedFrames() {
    return perFrame.values().stream()
        .filter(values -> values.get(metrics.get(0)).isEmpty())
        .count();
  }

  /** The mean of each metric over the frames where it is defined. */
  Map<String, Optional<Double>> frameMean() {
    Map<String, Optional<Double>> means = new LinkedHashMap<>();
    for (String metric : metrics) {
      double sum = 0;
      long defined = 0;
      for (Map<String, Optional<Double>> values : perFrame.values()) {
        if (values.get(metric).isPresent()) {
          sum += values.get(metric).get();
          defined++;
        }
      }
      means.put(metric, defined == 0 ? Optional.empty() : Optional.of(sum / defined));
    }
    return means;
  }

  /** The JSON document, ending in a line break. */
  String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task);
    document.put("frames", perFrame.size());
    document.put("undefined_frames", undefinedFrames());
    document.put("frame_mean", nullable(frameMean()));
    document.put("pooled", nullable(pooled));
    Map<String, Object> frames = new LinkedHashMap<>();
    perFrame.forEach((name, values) -> frames.put(name, nullable(values)));
    document.put("per_frame", frames);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result cannot be written as JSON", e);
    }
  }

  private static Map<String, Double> nullable(Map<String, Optional<Double>> values) {
    Map<String, Double> plain = new LinkedHashMap<>();
    values.forEach((metric, value) -> plain.put(metric, value.orElse(null)));
    return plain;
  }

  /** Both protocols as a Markdown table. */
  String table() {
    List<String> header = new ArrayList<>(List.of("protocol"));
    header.addAll(metrics);
    Table table =
        new Table(
            "evaluation-" + task,
            "%s segmentation, percent".formatted(task),
            header,
            1,
            List.of(row("frame mean", frameMean()), row("pooled", pooled)),
            List.of(),
            List.of(
                "%d frames, %d of them without a defined %s and left out of its mean."
                    .formatted(perFrame.size(), undefinedFrames(), metrics.get(0))));
    return TableFormat.MARKDOWN.render(table);
  }

  private List<String> row(String protocol, Map<String, Optional<Double>> values) {
    List<String> cells = new ArrayList<>(List.of(protocol));
    for (String metric : metrics) {
      cells.add(
          values
              .get(metric)
              .map(value -> String.format(Locale.ROOT, "%.2f", value))
              .orElse(Table.DASH));
    }
    return cells;
  }
}
