package io.videottt.adaptation.scoring;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.base.Extensions;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.video.Frame;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The metrics that jars beside this project bring. */
public final class FrameMetrics {

  /** What the columns of all of them begin with, so that they are none of this project's. */
  public static final String PREFIX = "metric_";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private static final Extensions<FrameMetric> ALL =
      new Extensions<>(FrameMetric.class, "metric", FrameMetrics::column, List.of());

  private FrameMetrics() {}

  /**
   * All by the name of their columns, sorted.
   *
   * @throws InvalidInputException when one cannot be made, has no usable name, or two have the same
   */
  public static Map<String, FrameMetric> byColumn() {
    return ALL.byName();
  }

  /** What they say of a prediction, by the names of their columns; without undefined ones. */
  public static Map<String, Double> of(Frame frame, TaskPrediction prediction) {
    Map<String, Double> values = new TreeMap<>();
    byColumn()
        .forEach(
            (column, metric) -> {
              OptionalDouble value = value(metric, frame, prediction);
              if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
                values.put(column, value.getAsDouble());
              }
            });
    return values;
  }

  private static OptionalDouble value(FrameMetric metric, Frame frame, TaskPrediction prediction) {
    try {
      return metric.of(frame, prediction);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "the metric %s fails: %s\nmend it, or take its jar away"
              .formatted(metric.getClass().getName(), e),
          e);
    }
  }

  private static String column(FrameMetric metric) {
    String name = metric.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "the metric %s is called '%s': a name is up to 40 lower case letters, digits and _"
              .formatted(metric.getClass().getName(), name));
    }
    return PREFIX + name;
  }
}
