package io.videottt.reports;

import io.videottt.base.Task;
import io.videottt.reports.table.Cells;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A number of the benchmarks' own protocol, from the counts of all frames: of segmentation in
 * percent.
 */
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
  AP_LARGE(Task.INSTANCE, "AP large"),
  /** Peak signal-to-noise ratio of the colours of all pixels, dB. */
  PSNR(Task.COLORIZATION, "PSNR"),
  /** Structural similarity of the colours of all pixels, at most 1. */
  SSIM(Task.COLORIZATION, "SSIM", 4),
  /** Colourfulness of the predictions, mean over the frames. */
  COLOURFULNESS(Task.COLORIZATION, "Colourfulness"),
  /** Colourfulness of the true colours, mean over the frames. */
  TRUE_COLOURFULNESS(Task.COLORIZATION, "True colourfulness"),
  /** Change of the predicted chroma between frames beyond that of the true one, of 255. */
  FLICKER(Task.COLORIZATION, "Flicker", 3);

  private static final int PERCENT_DECIMALS = 2;

  private final Task task;
  private final String title;
  private final int decimals;

  PooledMetric(Task task, String title) {
    this(task, title, PERCENT_DECIMALS);
  }

  PooledMetric(Task task, String title, int decimals) {
    this.task = task;
    this.title = title;
    this.decimals = decimals;
  }

  /** The metrics of a task, its main one first. */
  public static List<PooledMetric> of(Task task) {
    return Arrays.stream(values()).filter(metric -> metric.task == task).toList();
  }

  /** Name of columns in queries, for example {@code ap_small}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a measurement has, as a cell of a table; a dash where it is not defined. */
  public String cell(Measurement measurement) {
    return Cells.decimals(measurement.pooled().getOrDefault(this, Double.NaN), decimals);
  }

  /** As printed in tables. */
  public String title() {
    return title;
  }
}
