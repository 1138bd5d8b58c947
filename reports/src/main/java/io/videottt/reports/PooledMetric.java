package io.videottt.reports;

import io.videottt.base.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A number of the benchmarks' own protocol, from the counts of all frames, in percent. */
public enum PooledMetric {
  /** Mean IoU of one confusion matrix. */
  MIOU(Task.SEMANTIC, "mIoU"),
  /** Panoptic quality over all classes. */
  PQ(Task.PANOPTIC, "PQ"),
  /** Segmentation quality over all classes. */
  SQ(Task.PANOPTIC, "SQ"),
  /** Recognition quality over all classes. */
  RQ(Task.PANOPTIC, "RQ"),
  /** Panoptic quality over the classes with countable instances. */
  PQ_THINGS(Task.PANOPTIC, "PQ things"),
  /** Panoptic quality over the classes without. */
  PQ_STUFF(Task.PANOPTIC, "PQ stuff"),
  /** Average precision over IoU 0.50 to 0.95. */
  AP(Task.INSTANCE, "AP"),
  /** Average precision at IoU 0.50. */
  AP50(Task.INSTANCE, "AP50"),
  /** Average precision at IoU 0.75. */
  AP75(Task.INSTANCE, "AP75"),
  /** Average precision of objects up to 32 x 32 pixels. */
  AP_SMALL(Task.INSTANCE, "AP small"),
  /** Average precision of objects from 32 x 32 to 96 x 96 pixels. */
  AP_MEDIUM(Task.INSTANCE, "AP medium"),
  /** Average precision of objects from 96 x 96 pixels on. */
  AP_LARGE(Task.INSTANCE, "AP large");

  private final Task task;
  private final String title;

  PooledMetric(Task task, String title) {
    this.task = task;
    this.title = title;
  }

  /** The metrics of a task, its main one first. */
  public static List<PooledMetric> of(Task task) {
    return Arrays.stream(values()).filter(metric -> metric.task == task).toList();
  }

  /** Name of columns in queries, for example {@code ap_small}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As printed in tables. */
  public String title() {
    return title;
  }
}
