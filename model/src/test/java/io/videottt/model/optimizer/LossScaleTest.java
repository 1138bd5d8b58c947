package io.videottt.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule of PyTorch's GradScaler, and what an optimiser makes of it. */
class LossScaleTest {

  @Test
  void halvesAfterAnOverflowAndDoublesAfterTwoThousandGoodSteps() {
    try (NDManager manager = NDManager.newBaseManager();
        LossScale scale = new LossScale(true, manager)) {
      assertThat(scale.factor()).isEqualTo(65536);

      assertThat(scale.ended(false)).isTrue();
      assertThat(scale.factor()).isEqualTo(32768);
      for (int step = 0; step < 1999; step++) {
        assertThat(scale.ended(true)).isFalse();
      }
      assertThat(scale.factor()).isEqualTo(32768);
      scale.ended(true);
      assertThat(scale.factor()).isEqualTo(65536);

      // A good step in between does not count towards the next doubling after an overflow.
      scale.ended(true);
      scale.ended(false);
      for (int step = 0; step < 1999; step++) {
        scale.ended(true);
      }
      assertThat(scale.factor()).isEqualTo(32768);
      scale.reset();
      assertThat(scale.factor()).isEqualTo(65536);
    }
  }

  @Test
  void gradientsThatOverflowAtAnyScaleAreADivergence() {
    try (NDManager manager = NDManager.newBaseManager();
        LossScale scale = new LossScale(true, manager)) {
      for (int step = 0; step < 16; step++) {
        assertThat(scale.ended(false)).as("step %d", step).isTrue();
      }
      assertThat(scale.ended(false)).isFalse();
    }
  }

  @Test
  void aScaledGradientUpdatesLikeThePlainOneAndAnOverflowingOneNotAtAll() {
    try (NDManager manager = NDManager.newBaseManager()) {
      OptimizerSettings plain = OptimizerSettings.adamW(0.1, 1, 0, 0.5);
      float expected = updated(manager, plain, 3);

      assertThat(updated(manager, plain.withPrecision(Precision.FP16), 3))
          .isCloseTo(expected, within(1e-6f));
      assertThat(updated(manager, plain.withPrecision(Precision.BF16), 3)).isEqualTo(expected);

      Parameter parameter = parameter(manager);
      try (Optimizer optimizer =
          Optimizer.create(plain.withPrecision(Precision.FP16), List.of(parameter))) {
        overflow(parameter);
        assertThat(optimizer.step().skipped()).isTrue();
        assertThat(parameter.value().getFloat()).isEqualTo(1);
        assertThat(optimizer.lossScale()).isEqualTo(32768);

        Map<String, NDArray> saved = optimizer.state();
        try (Optimizer other =
            Optimizer.create(plain.withPrecision(Precision.FP16), List.of(parameter))) {
          other.restore(saved);
          assertThat(other.lossScale()).isEqualTo(32768);
          Map<String, NDArray> without = new HashMap<>(saved);
          without.remove("loss_scale");
          assertThatThrownBy(() -> other.restore(without))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("loss_scale");
        }
        optimizer.reset();
        assertThat(optimizer.lossScale()).isEqualTo(65536);
      }
    }
  }

  private static float updated(NDManager manager, OptimizerSettings settings, double slope) {
    Parameter parameter = parameter(manager);
    try (Optimizer optimizer = Optimizer.create(settings, List.of(parameter))) {
      backward(parameter, slope * optimizer.lossScale());
      StepOutcome outcome = optimizer.step();
      assertThat(outcome.gradientNorm()).isCloseTo(slope, within(1e-6));
      assertThat(outcome.skipped()).isFalse();
      return parameter.value().getFloat();
    }
  }

  private static Parameter parameter(NDManager manager) {
    NDArray value = manager.create(1f);
    value.setRequiresGradient(true);
    return new Parameter("g.weight", Part.RECONSTRUCTION, true, false, value);
  }

  private static void backward(Parameter parameter, double slope) {
    NDManager manager = parameter.value().getManager();
    Autograd.backward(() -> parameter.value().mul(manager.full(new Shape(), (float) slope)));
  }

  /** Leaves an infinite gradient of a loss that is 0. */
  private static void overflow(Parameter parameter) {
    NDManager manager = parameter.value().getManager();
    Autograd.backward(
        () ->
            parameter
                .value()
                .sub(manager.full(new Shape(), 1f))
                .mul(manager.full(new Shape(), 3e38f))
                .mul(manager.full(new Shape(), 10f)));
  }
}
