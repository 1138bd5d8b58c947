package io.videottt.adaptation.inference;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.settings.PredictionSettings;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.Optional;

/**
 * How the classes of a frame's pixels are decided, given what the network says about it: the
 * semantic counterpart of {@link PanopticInference} and {@link InstanceInference}, one object per
 * unit.
 */
public sealed interface SemanticInference extends AutoCloseable
    permits SemanticInference.Plain, TemporalSmoothing, MajorityVote {

  /** The highest score wins. */
  record Plain(FramePredictor predictor) implements SemanticInference {

    @Override
    public LabelMap infer(int frame, RgbImage working, FramePredictor.Output output) {
      return predictor.labels(output);
    }
  }

  /** What the settings ask for. */
  static SemanticInference of(
      PredictionSettings settings, FramePredictor predictor, long unitSeed) {
    if (settings.smooths()) {
      return new TemporalSmoothing(settings.smoothing(), predictor);
    }
    return settings.takesVotes()
        ? new MajorityVote(settings, predictor, unitSeed)
        : new Plain(predictor);
  }

  /**
   * The classes of a frame at its own resolution. Called once per frame in the order of the stream,
   * without gradient, within a scope.
   *
   * @param frame the frame's index in its video
   * @param working the frame at working resolution
   * @param output what the network says about it
   * @throws DivergenceException when a score is not finite
   */
  LabelMap infer(int frame, RgbImage working, FramePredictor.Output output);

  /** Forgets the frames before: the stream starts at its first frame. */
  default void startAgain() {}

  /** What is remembered of earlier frames, for checkpoints; empty where nothing is. */
  default Optional<FrameMemory> memory() {
    return Optional.empty();
  }

  /** Frees what is remembered. */
  @Override
  default void close() {}
}
