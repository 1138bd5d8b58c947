package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import io.videottt.adaptation.frames.WorkingFrames;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Objective;
import io.videottt.model.Parameter;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.folder.LayerNormMoments;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a unit changes while it runs, all in one place: the parameters of its objective (in the
 * model), the optimiser's state or the stream's statistics, and the frames that are remembered.
 * Every random draw is a function of the unit's seed and the position, so nothing else is needed to
 * go on.
 */
public final class AdaptationState implements AutoCloseable {

  private final SegmentationModel model;
  private final List<Parameter> adapted;
  private final ParameterSnapshot initial;
  private final Optimizer optimizer;
  private final LayerNormMoments moments;
  private final WorkingFrames frames;
  private ParameterSnapshot current;

  /**
   * @param initial f0, g0 and h0, or at least what the objective changes; not closed by this object
   */
  public AdaptationState(
      SegmentationModel model,
      ParameterSnapshot initial,
      Objective objective,
      AdaptationSettings settings,
      WorkingFrames frames) {
    this.model = model;
    this.initial = initial;
    this.adapted = objective.parameters(model.parameters());
    this.optimizer =
        objective.takesSteps() ? Optimizer.create(settings.optimizerSettings(), adapted) : null;
    this.moments = objective.takesSteps() ? null : new LayerNormMoments(model);
    this.frames = frames;
    model.parameters().train(adapted);
  }

  public SegmentationModel model() {
    return model;
  }

  /** Null where no steps are taken. */
  Optimizer optimizer() {
    return optimizer;
  }

  /** Statistics of the stream; null where steps are taken instead. */
  public LayerNormMoments moments() {
    return moments;
  }

  public WorkingFrames frames() {
    return frames;
  }

  /** The changed parameters as they are now, by their names; owned by the model. */
  public Map<String, NDArray> parameters() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    adapted.forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
    return parameters;
  }

  /** What the optimiser or the statistics remember; owned by them. */
  public Map<String, NDArray> memory() {
    return optimizer == null ? moments.state() : optimizer.state();
  }

  /**
   * Goes on from another moment of the unit.
   *
   * @param parameters as {@link #parameters()} gave them
   * @param memory as {@link #memory()} gave it
   */
  public void restore(Map<String, NDArray> parameters, Map<String, NDArray> memory) {
    model.parameters().assign(parameters);
    if (optimizer == null) {
      moments.restore(memory);
    } else {
      optimizer.restore(memory);
    }
  }

  /** Back to the initial parameters and a fresh optimiser, or no statistics. */
  public void startAgain() {
    initial.restore(adapted);
    if (optimizer == null) {
      moments.reset();
    } else {
      optimizer.reset();
    }
  }

  /** What the initial model says: swaps its parameters in and out again. */
  <T> T withInitialParameters(Supplier<T> computation) {
    if (current == null) {
      current = ParameterSnapshot.of(adapted);
    } else {
      current.capture();
    }
    initial.restore(adapted);
    try {
      return computation.get();
    } finally {
      current.restore();
    }
  }

  /** Leaves the model as it was, without gradients. */
  @Override
  public void close() {
    initial.restore(adapted);
    if (optimizer == null) {
      moments.close();
    } else {
      optimizer.zeroGradients();
      optimizer.close();
    }
    model.parameters().train(model.parameters().all());
    if (current != null) {
      current.close();
    }
  }
}
