package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.tensor.DeviceNumbers;
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
     * @param gradients theirs
     * @param numbers float64 [4] on the device: the third is what gradients are to be divided by,
     *     the fourth is 1 where nothing may change
     */
    void update(
        List<Integer> indices,
        List<NDArray> gradients,
        double learningRate,
        double weightDecay,
        NDArray numbers);
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
   * Updates every group, unless the gradients or the loss are not finite, and zeroes the gradients.
   *
   * @param scale of the loss that they are gradients of
   * @param loss float64 [1], the scale taken out
   * @return the loss, the gradients' global norm with the scale taken out, and what the update
   *     rules go by
   */
  DeviceNumbers step(double learningRateFactor, double scale, NDArray loss, UpdateRule rule) {
    List<NDArray> gradients = gradients();
    List<NDArray> present = gradients.stream().filter(Objects::nonNull).toList();
    if (present.isEmpty()) {
      return new DeviceNumbers(loss.concat(loss.zerosLike()));
    }
    try {
      // Gradients are scaled by min(1, clip / (norm + 1e-6)), as torch.nn.utils does.
      NDArray numbers =
          TensorFunctions.call(loss.getManager(), "step_numbers", present, loss, scale, clipNorm);
      groups.forEach(
          (rates, members) -> {
            List<Integer> indices = members.stream().filter(i -> gradients.get(i) != null).toList();
            if (!indices.isEmpty()) {
              rule.update(
                  indices,
                  indices.stream().map(gradients::get).toList(),
                  rates.learningRate() * learningRateFactor,
                  rates.weightDecay(),
                  numbers);
            }
          });
      TensorFunctions.zeroAll(present);
      return new DeviceNumbers(numbers);
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
