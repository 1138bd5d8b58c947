package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.Autograd;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Updates parameters from the gradients that {@link #backward} has left with them. What update
 * rules have in common is here: groups of parameters, clipping, the scale of the loss, the state.
 */
public abstract sealed class Optimizer implements AutoCloseable
    permits AdamW, StochasticGradientDescent {

  private final ParameterGroups groups;
  private final LossScale lossScale;
  private final ParameterState state = new ParameterState();
  private boolean skipped;

  Optimizer(OptimizerSettings settings, List<Parameter> parameters) {
    groups = new ParameterGroups(settings, parameters);
    lossScale = new LossScale(settings.scalesLoss(), parameters.get(0).value().getManager());
  }

  /**
   * The optimiser of some settings.
   *
   * @param settings update rule and rates
   * @param parameters what is updated; others keep their values
   */
  public static Optimizer create(OptimizerSettings settings, List<Parameter> parameters) {
    return switch (settings.kind()) {
      case ADAMW -> new AdamW(settings, parameters);
      case SGD -> new StochasticGradientDescent(settings, parameters);
    };
  }

  /** Updates one group of parameters, see {@link ParameterGroups.UpdateRule}. */
  abstract void update(
      List<Integer> indices,
      List<NDArray> gradients,
      double learningRate,
      double weightDecay,
      double divisor);

  /** What the update rule remembers of each parameter. */
  final ParameterState remembered() {
    return state;
  }

  /** The values of some of the parameters. */
  final List<NDArray> values(List<Integer> indices) {
    return groups.values(indices);
  }

  /** What losses are multiplied by before their gradients are computed. */
  final double lossScale() {
    return lossScale.factor();
  }

  /**
   * Computes a loss times a factor and adds its gradients to those of the parameters, scaled as
   * {@link #step} takes them.
   *
   * @param loss computes a scalar from the parameters
   * @param factor of the loss
   * @return the loss times the factor; when it is not finite, no gradient is computed
   */
  public final double backward(Supplier<NDArray> loss, double factor) {
    double scale = lossScale.factor();
    return Autograd.backward(() -> Autograd.scaled(loss.get(), factor * scale)) / scale;
  }

  /** {@link #step(double)} at the full learning rate. */
  public final double step() {
    return step(1);
  }

  /**
   * Clips the gradients by their global norm, updates, and zeroes the gradients. Parameters that
   * never had a gradient keep their values, without decay.
   *
   * @param learningRateFactor the schedule's factor on all learning rates
   * @return the global norm before clipping; when it is not finite, nothing was updated
   */
  public final double step(double learningRateFactor) {
    double norm = groups.step(learningRateFactor, lossScale.factor(), this::update);
    skipped = lossScale.ended(Double.isFinite(norm));
    return norm;
  }

  /**
   * Whether the last step was left out because the scaled gradients overflowed, which is no
   * divergence: the next step's scale is half of it.
   */
  public final boolean skipped() {
    return skipped;
  }

  /** Zeroes the gradients without an update. */
  public final void zeroGradients() {
    groups.zeroGradients();
  }

  /** As newly created: zeroes moments and step counts in place. */
  public final void reset() {
    state.zero();
    lossScale.reset();
  }

  /**
   * The state in tensors named {@code PARAMETER.STATE}, to be written to a checkpoint. They stay
   * owned by the optimizer.
   */
  public final Map<String, NDArray> state() {
    return lossScale.addTo(state.tensors());
  }

  /**
   * Copies a state in.
   *
   * @param saved as {@link #state()} names it
   * @throws io.videottt.base.InvalidInputException when names or shapes do not fit
   */
  public final void restore(Map<String, NDArray> saved) {
    state.restore(lossScale.takeFrom(saved));
  }

  @Override
  public final void close() {
    state.close();
    lossScale.close();
  }
}
