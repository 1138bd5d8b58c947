package io.videottt.adaptation;

import io.videottt.metrics.AreaRange;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticQuality;
import io.videottt.metrics.SemanticCounts;
import io.videottt.metrics.Task;
import java.util.Optional;
import java.util.OptionalDouble;

/** The counts of one frame and task, from which every metric of the task is computed. */
public sealed interface FrameScore {

  /** What was scored. */
  Task task();

  /**
   * The task's main metric ({@link Task#metric()}) of this frame alone.
   *
   * @return percent; empty where the metric is not defined, as without any object or labelled pixel
   */
  OptionalDouble value();

  /**
   * Semantic segmentation, scored by mean IoU.
   *
   * @param counts confusion counts at the ground truth's resolution
   */
  record Semantic(SemanticCounts counts) implements FrameScore {

    @Override
    public Task task() {
      return Task.SEMANTIC;
    }

    @Override
    public OptionalDouble value() {
      return counts.meanIou();
    }
  }

  /**
   * Panoptic segmentation, scored by panoptic quality.
   *
   * @param counts matched and unmatched segments
   */
  record Panoptic(PanopticCounts counts) implements FrameScore {

    @Override
    public Task task() {
      return Task.PANOPTIC;
    }

    @Override
    public OptionalDouble value() {
      return toPrimitive(counts.quality().map(PanopticQuality::pq));
    }
  }

  /**
   * Instance segmentation, scored by average precision over all sizes.
   *
   * @param counts what became of each detection
   */
  record Instance(InstanceCounts counts) implements FrameScore {

    @Override
    public Task task() {
      return Task.INSTANCE;
    }

    @Override
    public OptionalDouble value() {
      return toPrimitive(counts.averagePrecision(AreaRange.ALL));
    }
  }

  private static OptionalDouble toPrimitive(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
