package io.videottt.reports;

import io.videottt.base.Task;
import java.util.OptionalDouble;

/**
 * One method's result by the protocol of the paper's released code, in percent: its formulas of the
 * metrics, videos weighted by their annotated frames.
 *
 * @param perFrame every frame scored by itself, averaged over the frames of a video: how the
 *     release scores adapted methods; empty where it is not defined or not known
 * @param perVideo the counts of a video pooled: how the release scores fixed models on COCO Videos;
 *     empty where it is not defined or not known, and of semantic segmentation
 * @param undefinedFrames annotated frames that are left out because the formula has no value for
 *     them, of the repetition that has most; the release itself would then print no number
 * @param unknownFrames annotated frames whose rows do not hold what the formula needs; where there
 *     are any, nothing is known
 */
public record Released(
    OptionalDouble perFrame, OptionalDouble perVideo, long undefinedFrames, long unknownFrames) {

  /** Of a task that the release has no code for. */
  public static final Released NONE =
      new Released(OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);

  /** Whether the release scores frames of a task one by one: it has no code for colorization. */
  public static boolean hasPerFrame(Task task) {
    return !task.seesGray();
  }

  /** Whether the release scores fixed models of a task pooled over each video. */
  public static boolean hasPerVideo(Task task) {
    return task == Task.PANOPTIC || task == Task.INSTANCE;
  }

  /** What rows without the needed counts say. */
  public static Released unknown(long frames) {
    return new Released(OptionalDouble.empty(), OptionalDouble.empty(), 0, frames);
  }

  /** A value, or none where it is NaN. */
  public static OptionalDouble defined(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
