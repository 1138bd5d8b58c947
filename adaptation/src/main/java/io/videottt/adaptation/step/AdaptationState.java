package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.model.Parameter;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.Parameters;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What steps change while a video goes by, all in one place: the parameters of their objective (in
 * the model) and the optimiser's state. Every random draw is a function of the seed and the
 * position, and frames are read again, so nothing else is needed to go on.
 */
public final class AdaptationState implements ResumableState, AutoCloseable {

  private final SegmentationModel model;
  private final List<Parameter> adapted;
  private final ParameterSnapshot initial;
  private final Optimizer optimizer;
  private ParameterSnapshot current;

  /**
   * @param initial f0, g0 and h0, or at least what the objective changes; not closed by this object
   */
  public AdaptationState(
      SegmentationModel model,
      ParameterSnapshot initial,
      Objective objective,
      AdaptationSettings settings) {
    this.model = model;
    this.initial = initial;
    this.adapted = objective.parameters(model.parameters());
    this.optimizer = Optimizer.create(settings.optimizerSettings(), adapted);
    model.parameters().train(adapted);
  }

  SegmentationModel model() {
    return model;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** Forgets what the optimiser knows of earlier steps. */
  public void resetOptimizer() {
    optimizer.reset();
  }

  @Override
  public NDManager manager() {
    return model.manager();
  }

  @Override
  public Map<String, NDArray> parameters() {
    return Parameters.values(adapted);
  }

  @Override
  public Map<String, NDArray> memory() {
    return optimizer.state();
  }

  @Override
  public void restore(Map<String, NDArray> parameters, Map<String, NDArray> memory) {
    model.parameters().assign(parameters);
    optimizer.restore(memory);
  }

  @Override
  public void startAgain() {
    initial.restore(adapted);
    optimizer.reset();
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
    optimizer.zeroGradients();
    optimizer.close();
    model.parameters().train(model.parameters().all());
    if (current != null) {
      current.close();
    }
  }
}
