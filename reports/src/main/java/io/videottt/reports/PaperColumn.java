package io.videottt.reports;

import java.util.Arrays;
import java.util.Optional;

/** The quality columns of the paper's Tables 1 and 4, and the data that each was measured on. */
public enum PaperColumn {
  /** COCO Videos, instance segmentation. */
  INSTANCE("Instance (AP)", "coco-videos", "val", "instance"),
  /** COCO Videos, panoptic segmentation. */
  PANOPTIC("Panoptic (PQ)", "coco-videos", "val", "panoptic"),
  /** KITTI-STEP validation videos. */
  VALIDATION("KITTI-STEP val (mIoU)", "kitti-step", "val", "semantic"),
  /** KITTI-STEP test videos (the benchmark's training videos). */
  TEST("KITTI-STEP test (mIoU)", "kitti-step", "test", "semantic");

  private final String title;
  private final String dataset;
  private final String split;
  private final String task;

  PaperColumn(String title, String dataset, String split, String task) {
    this.title = title;
    this.dataset = dataset;
    this.split = split;
    this.task = task;
  }

  /** The column's heading. */
  public String title() {
    return title;
  }

  /** The column that a measurement belongs to; empty when the data are not the paper's. */
  public static Optional<PaperColumn> of(EvaluationSet set) {
    return Arrays.stream(values()).filter(column -> column.matches(set)).findFirst();
  }

  private boolean matches(EvaluationSet set) {
    return dataset.equals(set.dataset()) && split.equals(set.split()) && task.equals(set.task());
  }
}
