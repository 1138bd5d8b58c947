package io.videottt.adaptation.scoring;

import io.videottt.base.Task;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticQuality;
import io.videottt.metrics.SemanticCounts;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The counts of one frame and task, from which every metric of the task is computed. */
public sealed interface FrameScore {

  /** What was scored. */
  Task task();

  /**
   * The task's main metric ({@link Task#metric()}) of this frame alone.
   *
   * @return in {@link Task#unit()}; empty where the metric is not defined, as without any object or
   *     labelled pixel, or of colours without any error
   */
  OptionalDouble value();

  /**
   * The same metric by the formula of the paper's released code: mIoU over the classes of the truth
   * or the prediction; PQ with {@link io.videottt.metrics.PanopticRules#RELEASED}, 0 where there is
   * no segment; AP with stuff segments as objects. No code for colorization was released.
   *
   * @return percent; empty where the formula has no value, and where what it needs is not known
   */
  OptionalDouble released();

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

    @Override
    public OptionalDouble released() {
      return counts.releasedMeanIou();
    }
  }

  /**
   * Panoptic segmentation, scored by panoptic quality.
   *
   * @param counts matched and unmatched segments
   * @param releasedCounts the same by {@link io.videottt.metrics.PanopticRules#RELEASED}; empty in
   *     results of before these were counted
   */
  record Panoptic(PanopticCounts counts, Optional<PanopticCounts> releasedCounts)
      implements FrameScore {

    /** A score without the released code's counts. */
    public Panoptic(PanopticCounts counts) {
      this(counts, Optional.empty());
    }

    @Override
    public Task task() {
      return Task.PANOPTIC;
    }

    @Override
    public OptionalDouble value() {
      return toPrimitive(counts.quality().map(PanopticQuality::pq));
    }

    @Override
    public OptionalDouble released() {
      return toPrimitive(
          releasedCounts.map(own -> own.quality().map(PanopticQuality::pq).orElse(0.0)));
    }
  }

  /**
   * Instance segmentation, scored by average precision over all sizes.
   *
   * @param counts what became of each detection
   * @param stuff classes without objects that the frame shows segments of; empty in results of
   *     before these were noted
   */
  record Instance(InstanceCounts counts, Optional<Set<Integer>> stuff) implements FrameScore {

    /** A score that does not know of stuff. */
    public Instance(InstanceCounts counts) {
      this(counts, Optional.empty());
    }

    @Override
    public Task task() {
      return Task.INSTANCE;
    }

    @Override
    public OptionalDouble value() {
      return toPrimitive(counts.averagePrecision(AreaRange.ALL));
    }

    @Override
    public OptionalDouble released() {
      return toPrimitive(stuff.flatMap(counts::releasedAveragePrecision));
    }
  }

  /**
   * Colorization, scored by the peak signal-to-noise ratio.
   *
   * @param counts errors and structural similarity
   * @param colourfulness of the prediction ({@link io.videottt.metrics.Colourfulness})
   * @param trueColourfulness of the true colours
   * @param change of chroma since the frame before; empty for the first one and out of a stream
   * @param features what networks of the user's see
   */
  record Colorization(
      ColourCounts counts,
      double colourfulness,
      double trueColourfulness,
      Optional<ChromaChange> change,
      FeatureScore features)
      implements FrameScore {

    /** A score that no network has looked at. */
    public Colorization(
        ColourCounts counts,
        double colourfulness,
        double trueColourfulness,
        Optional<ChromaChange> change) {
      this(counts, colourfulness, trueColourfulness, change, FeatureScore.NONE);
    }

    @Override
    public Task task() {
      return Task.COLORIZATION;
    }

    @Override
    public OptionalDouble value() {
      return counts.peakSignalToNoise();
    }

    @Override
    public OptionalDouble released() {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble toPrimitive(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
