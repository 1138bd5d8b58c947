package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;

/** Stochastic gradient descent with weight decay in the gradient and optional momentum. */
public final class StochasticGradientDescent extends Optimizer {

  private final OptimizerSettings settings;
  private final List<NDArray> velocities;

  StochasticGradientDescent(OptimizerSettings settings, List<Parameter> parameters) {
    super(settings, parameters);
    this.settings = settings;
    velocities =
        settings.momentum() > 0 ? remembered().add("velocity", parameters, false) : List.of();
  }

  @Override
  void update(
      List<Integer> indices,
      List<NDArray> gradients,
      double learningRate,
      double weightDecay,
      NDArray numbers) {
    TensorFunctions.call(
            gradients.get(0).getManager(),
            "sgd",
            values(indices),
            gradients,
            velocities.isEmpty() ? List.of() : indices.stream().map(velocities::get).toList(),
            learningRate,
            weightDecay,
            settings.momentum(),
            numbers)
        .close();
  }
}
