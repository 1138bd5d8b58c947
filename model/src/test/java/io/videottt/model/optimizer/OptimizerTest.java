package io.videottt.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.Parameter;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import io.videottt.model.optimizer.OptimizerSettings.Kind;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {

  private NDManager manager;
  private Parameter encoder;
  private Parameter decoder;
  private List<Parameter> parameters;

  @BeforeEach
  void createParameters() {
    manager = NDManager.newBaseManager("PyTorch");
    encoder =
        new Parameter(
            "encoder",
            Part.ENCODER,
            true,
            false,
            NativeArrays.of(manager, new float[] {1, -2}, two()));
    decoder =
        new Parameter(
            "decoder",
            Part.RECONSTRUCTION,
            false,
            false,
            NativeArrays.of(manager, new float[] {3}, one()));
    parameters = new Parameters(List.of(encoder, decoder)).all();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** The gradients are (3, 0) and (4): their global norm is 5. */
  private void backward() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.backward(
          () ->
              encoder
                  .value()
                  .get(0)
                  .mul(manager.full(new Shape(), 3f))
                  .add(decoder.value().sum().mul(manager.full(new Shape(), 4f))));
    }
  }

  @Test
  void descendsAlongTheGradientAtTheRateOfEachPart() {
    OptimizerSettings settings = OptimizerSettings.sgd(0.1, 0.5, 0.2, 0);
    try (Optimizer optimizer = Optimizer.create(settings, parameters)) {
      backward();
      assertThat(optimizer.step().gradientNorm()).isCloseTo(5, within(1e-6));
    }
    assertThat(values(encoder))
        .containsExactly(
            new float[] {1 - 0.05f * (3 + 0.2f), -2 - 0.05f * 0.2f * -2}, within(1e-6f));
    assertThat(values(decoder)).containsExactly(new float[] {3 - 0.1f * 4}, within(1e-6f));
  }

  @Test
  void clipsAllGradientsByOneNorm() {
    OptimizerSettings settings = OptimizerSettings.sgd(1, 1, 0, 0.5);
    try (Optimizer optimizer = Optimizer.create(settings, parameters)) {
      backward();
      assertThat(optimizer.step().gradientNorm()).isCloseTo(5, within(1e-6));
    }
    assertThat(values(encoder)).containsExactly(new float[] {1 - 0.3f, -2}, within(1e-6f));
    assertThat(values(decoder)).containsExactly(new float[] {3 - 0.4f}, within(1e-6f));
  }

  @Test
  void accumulatesMomentum() {
    OptimizerSettings settings =
        new OptimizerSettings(Kind.SGD, 0.1, 1, 0, 0, 0.9, 0.9, 0.999, 1e-8, false, false);
    try (Optimizer optimizer = Optimizer.create(settings, parameters)) {
      backward();
      optimizer.step();
      backward();
      optimizer.step();
    }
    assertThat(values(decoder)[0]).isCloseTo(3 - 0.1f * 4 - 0.1f * (0.9f * 4 + 4), within(1e-5f));
  }

  @Test
  void zeroesTheGradientsAfterAStep() {
    try (Optimizer optimizer = Optimizer.create(OptimizerSettings.sgd(1, 1, 0, 0), parameters)) {
      backward();
      optimizer.step();
      float[] after = values(decoder);
      optimizer.step();
      assertThat(values(decoder)).containsExactly(after);
    }
  }

  @Test
  void leavesParametersWithoutGradientAlone() {
    OptimizerSettings settings = OptimizerSettings.adamW(0.1, 1, 0.5, 0);
    try (Optimizer optimizer = Optimizer.create(settings, parameters);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.backward(() -> decoder.value().sum());
      optimizer.step();
    }
    assertThat(values(encoder)).containsExactly(1, -2);
    assertThat(values(decoder)[0]).isCloseTo(2.9f, within(1e-6f));
  }

  @Test
  void isAsNewAfterAReset() {
    OptimizerSettings settings = OptimizerSettings.adamW(0.1, 1, 0, 0);
    try (Optimizer optimizer = Optimizer.create(settings, parameters);
        ParameterSnapshot snapshot = ParameterSnapshot.of(parameters)) {
      backward();
      optimizer.step();
      float[] first = values(encoder);
      backward();
      optimizer.step();
      snapshot.restore();
      optimizer.reset();
      backward();
      optimizer.step();
      assertThat(values(encoder)).containsExactly(first);
    }
  }

  @Test
  void goesOnFromARestoredState() {
    OptimizerSettings settings = OptimizerSettings.adamW(0.1, 1, 0, 0);
    try (Optimizer first = Optimizer.create(settings, parameters);
        Optimizer second = Optimizer.create(settings, parameters);
        ParameterSnapshot snapshot = ParameterSnapshot.of(parameters)) {
      backward();
      first.step();
      snapshot.capture();
      second.restore(first.state());
      backward();
      first.step();
      float[] expected = values(encoder);
      snapshot.restore();
      backward();
      second.step();
      assertThat(values(encoder)).containsExactly(expected);
    }
  }

  @Test
  void refusesTheStateOfAnotherModel() {
    OptimizerSettings settings = OptimizerSettings.adamW(0.1, 1, 0, 0);
    try (Optimizer optimizer = Optimizer.create(settings, parameters)) {
      assertThatThrownBy(() -> optimizer.restore(Map.of("other.step", decoder.value())))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("other.step");
      assertThatThrownBy(() -> optimizer.restore(Map.of("encoder.first_moment", decoder.value())))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("(2)");
    }
  }

  @Test
  void updatesNothingWhenAGradientIsNotANumber() {
    OptimizerSettings settings = OptimizerSettings.adamW(0.1, 1, 0.5, 1);
    try (Optimizer optimizer = Optimizer.create(settings, parameters);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // The square root's slope at zero is infinite; times zero it is not a number.
      Autograd.backward(
          () -> {
            NDArray zero = decoder.value().sub(decoder.value());
            return zero.sqrt().mul(zero).sum().add(decoder.value().sum());
          });
      assertThat(optimizer.step().gradientNorm()).isNaN();
      assertThat(values(decoder)).containsExactly(3);
      backward();
      assertThat(optimizer.step().gradientNorm()).isCloseTo(5, within(1e-6));
    }
  }

  @Test
  void aLossThatIsNotFiniteUpdatesNothingEvenWhereItsGradientIs() {
    for (OptimizerSettings settings :
        List.of(
            OptimizerSettings.adamW(0.1, 1, 0.5, 0),
            OptimizerSettings.sgd(0.1, 1, 0.5, 0),
            new OptimizerSettings(Kind.SGD, 0.1, 1, 0.5, 0, 0.9, 0.9, 0.999, 1e-8, false, false))) {
      try (Optimizer optimizer = Optimizer.create(settings, parameters);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        float[] before = values(decoder);
        NDArray infinite =
            NativeArrays.scalar(decoder.value().getManager(), Double.POSITIVE_INFINITY);
        optimizer.backward(() -> decoder.value().sum().add(infinite), 1);

        StepOutcome outcome = optimizer.step();

        assertThat(outcome.loss()).isInfinite();
        assertThat(outcome.gradientNorm()).isCloseTo(1, within(1e-6));
        assertThat(values(decoder)).containsExactly(before);
        optimizer
            .state()
            .forEach((name, value) -> assertThat(value.toFloatArray()).as(name).containsOnly(0));
        optimizer.backward(() -> decoder.value().sum(), 0.5);
        outcome = optimizer.step();
        assertThat(outcome.loss()).isCloseTo(before[0] / 2, within(1e-6));
        assertThat(values(decoder)).isNotEqualTo(before);
      }
    }
  }

  @Test
  void aLossThatNoParameterHasAPartInIsToldAndChangesNothing() {
    OptimizerSettings settings = OptimizerSettings.adamW(0.1, 1, 0.5, 0);
    try (Optimizer optimizer = Optimizer.create(settings, List.of(decoder));
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] before = values(decoder);
      optimizer.backward(() -> encoder.value().sum(), 3);

      StepOutcome outcome = optimizer.step();

      assertThat(outcome.loss()).isCloseTo(-3, within(1e-6));
      assertThat(outcome.gradientNorm()).isZero();
      assertThat(values(decoder)).containsExactly(before);
    }
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> OptimizerSettings.sgd(-1, 1, 0, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("learning rate");
    assertThatThrownBy(() -> OptimizerSettings.adamW(Double.NaN, 1, 0, 0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> OptimizerSettings.adamW(1, 1, -0.1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("weight decay");
  }

  private static float[] values(Parameter parameter) {
    return parameter.value().toFloatArray();
  }

  private static Shape one() {
    return new Shape(1);
  }

  private static Shape two() {
    return new Shape(2);
  }

  @Test
  void biasesAreDecayedAsInTheReleasedCodeWhereAskedFor() {
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      assertThat(decayed(model, false)).noneMatch(name -> name.endsWith("bias"));
      assertThat(decayed(model, true))
          .containsAll(decayed(model, false))
          .contains(
              "model.pixel_level_module.decoder.level_embed",
              "reconstruction.pixel_decoder.level_embed",
              "model.pixel_level_module.encoder.embeddings.patch_embeddings.projection.bias",
              "model.transformer_module.decoder.layers.0.cross_attn.in_proj_bias",
              "class_predictor.bias")
          .doesNotContain(
              "model.transformer_module.level_embed.weight",
              "model.transformer_module.queries_features.weight",
              "model.transformer_module.queries_embedder.weight",
              "model.pixel_level_module.encoder.embeddings.norm.bias",
              "model.pixel_level_module.decoder.adapter_1.1.bias",
              "model.pixel_level_module.decoder.input_projections.0.1.weight")
          .noneMatch(name -> name.contains("norm"))
          .noneMatch(name -> name.contains("relative_position_bias_table"));
    }
  }

  /** The parameters that one step without a gradient halves. */
  private static List<String> decayed(SegmentationModel model, boolean biases) {
    List<Parameter> all = model.parameters().all();
    List<float[]> before = new ArrayList<>();
    for (Parameter parameter : all) {
      parameter.value().addi(1e-3f);
      before.add(parameter.value().toFloatArray());
    }
    List<String> names = new ArrayList<>();
    try (Optimizer optimizer =
            Optimizer.create(OptimizerSettings.sgd(1, 1, 0.5, 0).withDecayedBiases(biases), all);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.backward(
          () -> {
            NDArray sum = model.manager().zeros(new Shape());
            for (Parameter parameter : all) {
              sum = sum.add(TensorFunctions.scale(parameter.value().sum(), 0));
            }
            return sum;
          });
      optimizer.step();
    }
    for (int i = 0; i < before.size(); i++) {
      float[] after = all.get(i).value().toFloatArray();
      if (after[0] != before.get(i)[0]) {
        assertThat(after[0]).isEqualTo(before.get(i)[0] / 2);
        names.add(all.get(i).name());
      }
    }
    return names;
  }
}
