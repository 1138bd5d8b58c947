package io.videottt.reports.published;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import java.util.Arrays;
import java.util.Optional;

/** The quality columns of the paper's Tables 1 and 4, and the data that each was measured on. */
public enum PaperColumn {
  /** COCO Videos, instance segmentation. */
  @JsonProperty("instance")
  INSTANCE("Instance (AP)", "coco-videos", "test", Task.INSTANCE),
  /** COCO Videos, panoptic segmentation. */
  @JsonProperty("panoptic")
  PANOPTIC("Panoptic (PQ)", "coco-videos", "test", Task.PANOPTIC),
  /** KITTI-STEP validation videos. */
  @JsonProperty("val")
  VALIDATION("KITTI-STEP val (mIoU)", "kitti-step", "val", Task.SEMANTIC),
  /** KITTI-STEP test videos (the benchmark's training videos). */
  @JsonProperty("test")
  TEST("KITTI-STEP test (mIoU)", "kitti-step", "test", Task.SEMANTIC);

  private final String title;
  private final EvaluationSet set;

  PaperColumn(String title, String dataset, String split, Task task) {
    this.title = title;
    this.set = new EvaluationSet(dataset, split, task);
  }

  /** The column's heading. */
  public String title() {
    return title;
  }

  /** What the column was measured on. */
  public EvaluationSet set() {
    return set;
  }

  /** The column that a measurement belongs to; empty when the data are not the paper's. */
  public static Optional<PaperColumn> of(EvaluationSet set) {
    return Arrays.stream(values()).filter(column -> column.set.equals(set)).findFirst();
  }
}
