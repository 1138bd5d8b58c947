package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.DeviceNumbers;
import io.videottt.model.tensor.DeviceSum;
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
  private final DeviceSum losses;

  Optimizer(OptimizerSettings settings, List<Parameter> parameters) {
    groups = new ParameterGroups(settings, parameters);
    NDManager manager = parameters.get(0).value().getManager();
    lossScale = new LossScale(settings.scalesLoss(), manager);
    losses = new DeviceSum(manager);
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
      NDArray numbers);

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
   * {@link #step} takes them. The device goes on with it alone: nothing waits for the loss.
   *
   * @param loss computes a scalar from the parameters
   * @param factor of the loss
   * @param sums to which the loss times the factor is added, beside this optimiser's own
   */
  public final void backward(Supplier<NDArray> loss, double factor, DeviceSum... sums) {
    double scale = lossScale.factor();
    NDArray scaled = Autograd.backward(() -> Autograd.scaled(loss.get(), factor * scale));
    losses.add(scaled, scale);
    for (DeviceSum sum : sums) {
      sum.add(scaled, scale);
    }
  }

  /** {@link #step(double)} at the full learning rate. */
  public final StepOutcome step() {
    return step(1);
  }

  /**
   * Clips the gradients by their global norm, updates, and zeroes the gradients. Parameters that
   * never had a gradient keep their values, without decay. Where the sum of the losses or the norm
   * is not finite, nothing is updated. The outcome is known only when it is read, unless losses are
   * scaled: the next scale depends on it.
   *
   * @param learningRateFactor the schedule's factor on all learning rates
   */
  public final StepOutcome step(double learningRateFactor) {
    DeviceNumbers numbers =
        groups.step(learningRateFactor, lossScale.factor(), losses.tensor(), this::update);
    losses.clear();
    if (!lossScale.isUsed()) {
      return new StepOutcome(numbers, false);
    }
    return new StepOutcome(numbers, lossScale.ended(Double.isFinite(numbers.get(1))));
  }

  /** Zeroes the gradients without an update. */
  public final void zeroGradients() {
    losses.clear();
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
    losses.close();
  }
}
