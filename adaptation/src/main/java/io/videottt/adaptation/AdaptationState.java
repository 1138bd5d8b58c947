package io.videottt.adaptation;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Optimizer;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.Part;
import io.videottt.model.SegmentationModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a unit changes while it runs, all in one place: f and g (in the model), the optimiser's
 * state, and the frames that are remembered. Every random draw is a function of the unit's seed and
 * the position, so nothing else is needed to go on.
 */
final class AdaptationState implements AutoCloseable {

  private static final Part[] ADAPTED = {Part.ENCODER, Part.RECONSTRUCTION};

  private final SegmentationModel model;
  private final ParameterSnapshot initial;
  private final Optimizer optimizer;
  private final WorkingFrames frames;

  /**
   * @param initial f0 and g0, not closed by this object
   */
  AdaptationState(
      SegmentationModel model,
      ParameterSnapshot initial,
      AdaptationSettings settings,
      WorkingFrames frames) {
    this.model = model;
    this.initial = initial;
    this.optimizer =
        Optimizer.create(settings.optimizerSettings(), model.parameters().select(ADAPTED));
    this.frames = frames;
  }

  /** f0 and g0 of a model. */
  static ParameterSnapshot capture(SegmentationModel model) {
    return ParameterSnapshot.of(model.parameters().select(ADAPTED));
  }

  SegmentationModel model() {
    return model;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  WorkingFrames frames() {
    return frames;
  }

  /** f and g as they are now, by their names; owned by the model. */
  Map<String, NDArray> parameters() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    model
        .parameters()
        .select(ADAPTED)
        .forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
    return parameters;
  }

  /**
   * Goes on from another moment of the unit.
   *
   * @param parameters as {@link #parameters()} gave them
   * @param optimizerState as the optimiser gave it
   */
  void restore(Map<String, NDArray> parameters, Map<String, NDArray> optimizerState) {
    model.parameters().assign(parameters);
    optimizer.restore(optimizerState);
  }

  /** Back to f0, g0 and a fresh optimiser. */
  void startAgain() {
    initial.restore();
    optimizer.reset();
  }

  /** Leaves the model at f0, g0 without gradients. */
  @Override
  public void close() {
    initial.restore();
    optimizer.zeroGradients();
    optimizer.close();
  }
}
