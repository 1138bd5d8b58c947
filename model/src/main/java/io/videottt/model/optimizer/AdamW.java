package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;
import java.util.Map;

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch computes it. */
public final class AdamW implements Optimizer {

  private final OptimizerSettings settings;
  private final ParameterGroups groups;
  private final ParameterState state = new ParameterState();
  private final List<NDArray> firstMoments;
  private final List<NDArray> secondMoments;
  private final List<NDArray> steps;

  AdamW(OptimizerSettings settings, List<Parameter> parameters) {
    this.settings = settings;
    groups = new ParameterGroups(settings, parameters);
    firstMoments = state.add("first_moment", parameters, false);
    secondMoments = state.add("second_moment", parameters, false);
    steps = state.add("step", parameters, true);
  }

  @Override
  public double step(double learningRateFactor) {
    return groups.step(
        learningRateFactor,
        (indices, gradients, learningRate, weightDecay, divisor) ->
            TensorFunctions.call(
                    gradients.get(0).getManager(),
                    "adamw",
                    groups.values(indices),
                    gradients,
                    select(firstMoments, indices),
                    select(secondMoments, indices),
                    select(steps, indices),
                    learningRate,
                    weightDecay,
                    settings.beta1(),
                    settings.beta2(),
                    settings.epsilon(),
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

  private static List<NDArray> select(List<NDArray> tensors, List<Integer> indices) {
    return indices.stream().map(tensors::get).toList();
  }
}
