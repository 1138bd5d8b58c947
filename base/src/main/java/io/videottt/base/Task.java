package io.videottt.base;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What is predicted and scored (paper, Section 5; method.md, Section 6). */
public enum Task {
  /** The class of every pixel, scored by mean IoU. */
  SEMANTIC("semantic", "mIoU"),
  /** One segment for every pixel, things told apart, scored by panoptic quality. */
  PANOPTIC("panoptic", "PQ"),
  /** Masks of things with a score each, scored by average precision. */
  INSTANCE("instance", "AP");

  private final String id;
  private final String metric;

  Task(String id, String metric) {
    this.id = id;
    this.metric = metric;
  }

  /** Name in configurations, results and paths. */
  public String id() {
    return id;
  }

  /** The task's main metric as the paper abbreviates it. */
  public String metric() {
    return metric;
  }

  /**
   * The task of a name.
   *
   * @param id for example {@code panoptic}
   * @param source file and key that the name comes from, for the message
   * @throws InvalidInputException when there is no such task
   */
  public static Task parse(String id, String source) {
    return Arrays.stream(values())
        .filter(task -> task.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: unknown task '%s', expected %s"
                        .formatted(
                            source,
                            id,
                            Arrays.stream(values())
                                .map(Task::id)
                                .collect(Collectors.joining(", ")))));
  }
}
