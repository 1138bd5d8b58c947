package io.videottt.base;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What is predicted and scored (paper, Section 5; method.md, Sections 6 and 10). */
public enum Task {
  /** The class of every pixel, scored by mean IoU. */
  SEMANTIC("semantic", "semantic segmentation", "mIoU", MetricUnit.PERCENT),
  /** One segment for every pixel, things told apart, scored by panoptic quality. */
  PANOPTIC("panoptic", "panoptic segmentation", "PQ", MetricUnit.PERCENT),
  /** Masks of things with a score each, scored by average precision. */
  INSTANCE("instance", "instance segmentation", "AP", MetricUnit.PERCENT),
  /** The colours of gray frames, scored by the peak signal-to-noise ratio. */
  COLORIZATION("colorization", "colorization", "PSNR", MetricUnit.DECIBEL);

  private final String id;
  private final String title;
  private final String metric;
  private final MetricUnit unit;

  Task(String id, String title, String metric, MetricUnit unit) {
    this.id = id;
    this.title = title;
    this.metric = metric;
    this.unit = unit;
  }

  /** The tasks whose ground truth is an annotation; of colorization it is the frame itself. */
  public static Set<Task> segmentation() {
    return EnumSet.of(SEMANTIC, PANOPTIC, INSTANCE);
  }

  /** Name in configurations, results and paths. */
  public String id() {
    return id;
  }

  /** Name in sentences, for example {@code panoptic segmentation}. */
  public String title() {
    return title;
  }

  /** The task's main metric as the paper abbreviates it. */
  public String metric() {
    return metric;
  }

  /** What the main metric is measured in; the more, the better. */
  public MetricUnit unit() {
    return unit;
  }

  /** Whether the network sees frames without their colours. */
  public boolean seesGray() {
    return this == COLORIZATION;
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
