package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch computes it. */
public final class AdamW extends Optimizer {

  private final OptimizerSettings settings;
  private final List<NDArray> firstMoments;
  private final List<NDArray> secondMoments;
  private final List<NDArray> steps;

  AdamW(OptimizerSettings settings, List<Parameter> parameters) {
    super(settings, parameters);
    this.settings = settings;
    firstMoments = remembered().add("first_moment", parameters, false);
    secondMoments = remembered().add("second_moment", parameters, false);
    steps = remembered().add("step", parameters, true);
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
            "adamw",
            values(indices),
            gradients,
            select(firstMoments, indices),
            select(secondMoments, indices),
            select(steps, indices),
            learningRate,
            weightDecay,
            settings.beta1(),
            settings.beta2(),
            settings.epsilon(),
            numbers)
        .close();
  }

  private static List<NDArray> select(List<NDArray> tensors, List<Integer> indices) {
    return indices.stream().map(tensors::get).toList();
  }
}
