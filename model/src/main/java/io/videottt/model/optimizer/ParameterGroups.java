package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.tensor.TensorFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of an optimizer in groups of equal learning rate and weight decay, and the
 * clipping of all their gradients by one global norm.
 */
final class ParameterGroups {

  /** Updates one group. */
  interface UpdateRule {

    /**
     * @param indices of the parameters that have gradients
     * @param gradients theirs, to be divided by {@code divisor} before use
     */
    void update(
        List<Integer> indices,
        List<NDArray> gradients,
        double learningRate,
        double weightDecay,
        double divisor);
  }

  private record Rates(double learningRate, double weightDecay) {}

  private final List<Parameter> parameters;
  private final double clipNorm;
  private final Map<Rates, List<Integer>> groups = new LinkedHashMap<>();

  ParameterGroups(OptimizerSettings settings, List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("an optimizer needs at least one parameter");
    }
    this.parameters = List.copyOf(parameters);
    clipNorm = settings.clipNorm();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      double multiplier = parameter.part() == Part.ENCODER ? settings.encoderMultiplier() : 1;
      boolean decayed =
          settings.decayBiases() ? parameter.decayedWithBiases() : parameter.decayed();
      double decay = decayed ? settings.weightDecay() : 0;
      groups
          .computeIfAbsent(
              new Rates(settings.learningRate() * multiplier, decay), key -> new ArrayList<>())
          .add(i);
    }
  }

  /**
   * Updates every group, unless the gradients are not finite, and zeroes the gradients.
   *
   * @param scale of the loss that they are gradients of
   * @return their global norm, the scale taken out
   */
  double step(double learningRateFactor, double scale, UpdateRule rule) {
    List<NDArray> gradients = gradients();
    List<NDArray> present = gradients.stream().filter(Objects::nonNull).toList();
    try {
      if (present.isEmpty()) {
        return 0;
      }
      double norm = TensorFunctions.globalNorm(present) / scale;
      if (Double.isFinite(norm)) {
        // Gradients are scaled by min(1, clip / (norm + 1e-6)), as torch.nn.utils does.
        double divisor = scale * (clipNorm > 0 ? Math.max(1, (norm + 1e-6) / clipNorm) : 1);
        groups.forEach(
            (rates, members) -> {
              List<Integer> indices =
                  members.stream().filter(i -> gradients.get(i) != null).toList();
              if (!indices.isEmpty()) {
                rule.update(
                    indices,
                    indices.stream().map(gradients::get).toList(),
                    rates.learningRate() * learningRateFactor,
                    rates.weightDecay(),
                    divisor);
              }
            });
      }
      TensorFunctions.zeroAll(present);
      return norm;
    } finally {
      present.forEach(NDArray::close);
    }
  }

  void zeroGradients() {
    List<NDArray> present = gradients().stream().filter(Objects::nonNull).toList();
    TensorFunctions.zeroAll(present);
    present.forEach(NDArray::close);
  }

  List<NDArray> values(List<Integer> indices) {
    return indices.stream().map(i -> parameters.get(i).value()).toList();
  }

  /** One gradient per parameter, null where there never was one. */
  private List<NDArray> gradients() {
    List<NDArray> gradients = new ArrayList<>(parameters.size());
    for (Parameter parameter : parameters) {
      gradients.add(JniUtils.getGradient((PtNDArray) parameter.value()));
    }
    return gradients;
  }
}
