package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.Autograd;
import java.util.List;
import java.util.Map;

/** Updates parameters from the gradients that {@link Autograd#backward} has left with them. */
public sealed interface Optimizer extends AutoCloseable permits AdamW, StochasticGradientDescent {

  /**
   * @param settings update rule and rates
   * @param parameters what is updated; others keep their values
   */
  static Optimizer create(OptimizerSettings settings, List<Parameter> parameters) {
    return switch (settings.kind()) {
      case ADAMW -> new AdamW(settings, parameters);
      case SGD -> new StochasticGradientDescent(settings, parameters);
    };
  }

  /** {@link #step(double)} at the full learning rate. */
  default double step() {
    return step(1);
  }

  /**
   * Clips the gradients by their global norm, updates, and zeroes the gradients. Parameters that
   * never had a gradient keep their values, without decay.
   *
   * @param learningRateFactor the schedule's factor on all learning rates
   * @return the global norm before clipping; when it is not finite, nothing was updated
   */
  double step(double learningRateFactor);

  /**
   * What losses are to be multiplied by before their gradients are computed; {@link #step} takes it
   * out again. 1 unless the settings scale losses.
   */
  double lossScale();

  /**
   * Whether the last step was left out because the scaled gradients overflowed, which is no
   * divergence: the next step's scale is half of it.
   */
  boolean skipped();

  /** Zeroes the gradients without an update. */
  void zeroGradients();

  /** As newly created: zeroes moments and step counts in place. */
  void reset();

  /**
   * The state in tensors named {@code PARAMETER.STATE}, to be written to a checkpoint. They stay
   * owned by the optimizer.
   */
  Map<String, NDArray> state();

  /**
   * Copies a state in.
   *
   * @param state as {@link #state()} names it
   * @throws io.videottt.base.InvalidInputException when names or shapes do not fit
   */
  void restore(Map<String, NDArray> state);

  @Override
  void close();
}
