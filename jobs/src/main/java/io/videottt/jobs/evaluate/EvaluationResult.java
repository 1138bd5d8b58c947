package io.videottt.jobs.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.base.Count;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The numbers of an evaluation, in percent.
 *
 * @param task semantic, panoptic or instance
 * @param metrics the metrics' names, the main one first
 * @param perFrame by frame and metric, in the order of the frames; empty where undefined
 * @param pooled by metric, from the counts of all frames
 * @param releasedPerFrame by frame and metric, by the formulas of the paper's released code
 * @param classes of single classes, pooled
 * @param notScored why frames are in no number, by frame
 * @param unmatched what belongs to no frame, a message for each
 * @param notes what a reader must know beside, a sentence each
 */
public record EvaluationResult(
    String task,
    List<String> metrics,
    Map<String, Map<String, Optional<Double>>> perFrame,
    Map<String, Optional<Double>> pooled,
    Map<String, Map<String, Optional<Double>>> releasedPerFrame,
    ClassValues classes,
    Map<String, String> notScored,
    List<String> unmatched,
    List<String> notes) {

  /** What is wrong, a message for each. */
  public List<String> problems() {
    return Stream.concat(notScored.values().stream(), unmatched.stream()).toList();
  }

  /** How many frames have no value of the main metric; the mean leaves them out. */
  long undefinedFrames() {
    return perFrame.values().stream()
        .filter(values -> values.get(metrics.get(0)).isEmpty())
        .count();
  }

  /** The mean of each metric over the frames where it is defined. */
  Map<String, Optional<Double>> frameMean() {
    return means(perFrame);
  }

  /** The same of the released code's values; every frame weighs the same, as in its tabulation. */
  Map<String, Optional<Double>> released() {
    return means(releasedPerFrame);
  }

  private Map<String, Optional<Double>> means(Map<String, Map<String, Optional<Double>>> frames) {
    Map<String, Optional<Double>> means = new LinkedHashMap<>();
    for (String metric : metrics) {
      double sum = 0;
      long defined = 0;
      for (Map<String, Optional<Double>> values : frames.values()) {
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
  public String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task);
    document.put("frames", perFrame.size());
    document.put("undefined_frames", undefinedFrames());
    document.put("frame_mean", nullable(frameMean()));
    document.put("pooled", nullable(pooled));
    document.put("released", nullable(released()));
    document.put("per_class", classes.json());
    document.put("per_frame", nullableFrames(perFrame));
    document.put("released_per_frame", nullableFrames(releasedPerFrame));
    document.put("not_scored", notScored);
    document.put("unmatched", unmatched);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result cannot be written as JSON", e);
    }
  }

  private static Map<String, Object> nullableFrames(
      Map<String, Map<String, Optional<Double>>> frames) {
    Map<String, Object> plain = new LinkedHashMap<>();
    frames.forEach((name, values) -> plain.put(name, nullable(values)));
    return plain;
  }

  private static Map<String, Double> nullable(Map<String, Optional<Double>> values) {
    Map<String, Double> plain = new LinkedHashMap<>();
    values.forEach((metric, value) -> plain.put(metric, value.orElse(null)));
    return plain;
  }

  /** The protocols and the classes as Markdown tables. */
  public String tables() {
    List<String> header = new ArrayList<>(List.of("protocol"));
    header.addAll(metrics);
    List<String> told = new ArrayList<>();
    told.add(
        "%s, %d of them without a defined %s and left out of its mean."
            .formatted(Count.of(perFrame.size(), "frame"), undefinedFrames(), metrics.get(0)));
    if (!notScored.isEmpty()) {
      told.add(
          "Not scored and in no number: %d of %s."
              .formatted(notScored.size(), Count.of(perFrame.size() + notScored.size(), "frame")));
    }
    if (!unmatched.isEmpty()) {
      told.add(
          "Predictions or lines of the list that belong to no frame that is scored: %d."
              .formatted(unmatched.size()));
    }
    told.addAll(notes);
    Table protocols =
        new Table(
            "evaluation-" + task,
            "%s segmentation, percent".formatted(task),
            header,
            1,
            List.of(
                row("frame mean", frameMean()), row("pooled", pooled), row("released", released())),
            List.of(),
            told);
    return TableFormat.MARKDOWN.render(protocols)
        + "\n"
        + TableFormat.MARKDOWN.render(classes.table(task));
  }

  private List<String> row(String protocol, Map<String, Optional<Double>> values) {
    List<String> cells = new ArrayList<>(List.of(protocol));
    metrics.forEach(metric -> cells.add(ClassValues.cell(values.get(metric))));
    return cells;
  }
}
