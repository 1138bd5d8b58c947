package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;
import java.util.Map;

/** Stochastic gradient descent with weight decay in the gradient and optional momentum. */
public final class StochasticGradientDescent implements Optimizer {

  private final OptimizerSettings settings;
  private final ParameterGroups groups;
  private final ParameterState state = new ParameterState();
  private final List<NDArray> velocities;

  StochasticGradientDescent(OptimizerSettings settings, List<Parameter> parameters) {
    this.settings = settings;
    groups = new ParameterGroups(settings, parameters);
    velocities = settings.momentum() > 0 ? state.add("velocity", parameters, false) : List.of();
  }

  @Override
  public double step(double learningRateFactor) {
    return groups.step(
        learningRateFactor,
        (indices, gradients, learningRate, weightDecay, divisor) ->
            TensorFunctions.call(
                    gradients.get(0).getManager(),
                    "sgd",
                    groups.values(indices),
                    gradients,
                    velocities.isEmpty()
                        ? List.of()
                        : indices.stream().map(velocities::get).toList(),
                    learningRate,
                    weightDecay,
                    settings.momentum(),
                    divisor)
                .close());
  }

  @Override
  public double lossScale() {
    return groups.lossScale().factor();
  }

  @Override
  public boolean skipped() {
    return groups.skipped();
  }

  @Override
  public void zeroGradients() {
    groups.zeroGradients();
  }

  @Override
  public void reset() {
    state.zero();
    groups.lossScale().reset();
  }

  @Override
  public Map<String, NDArray> state() {
    return groups.lossScale().addTo(state.tensors());
  }

  @Override
  public void restore(Map<String, NDArray> saved) {
    state.restore(groups.lossScale().takeFrom(saved));
  }

  @Override
  public void close() {
    state.close();
    groups.lossScale().close();
  }
}
