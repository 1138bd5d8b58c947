package io.videottt.model.mask2former;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.Deviation;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.Prediction;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.folder.Fixture;
import io.videottt.model.folder.Fixtures;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.OptimizerSettings.Kind;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.Transfers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Agreement with an independent implementation, for every fixture that is there. */
class Mask2FormerParityTest {

  private static final double OUTPUT_TOLERANCE = 1e-4;
  private static final double LOSS_TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-3;

  /** A gradient below this part of the largest one is rounding. */
  private static final double ROUNDING = 1e-3;

  private interface Check {
    void run(Fixture fixture, SegmentationModel model);
  }

  @TestFactory
  List<DynamicTest> featuresAndPredictionsAgree() {
    return forEveryFixture(
        (fixture, model) -> {
          Map<String, NDArray> actual = new LinkedHashMap<>();
          FeatureMaps features =
              Autograd.withoutGradient(
                  () -> model.network().encode(ImageTensors.unmasked(fixture.pixels())));
          actual.put("features.res2", features.res2());
          actual.put("features.res3", features.res3());
          actual.put("features.res4", features.res4());
          actual.put("features.res5", features.res5());
          Prediction.Queries prediction =
              (Prediction.Queries)
                  Autograd.withoutGradient(() -> model.network().predict(features));
          actual.put("class_queries_logits", prediction.classLogits());
          actual.put("masks_queries_logits", prediction.maskLogits());
          actual.forEach((name, value) -> assertOutput(fixture, name, value));
        });
  }

  @TestFactory
  List<DynamicTest> reconstructionLossAndGradientsAgree() {
    return forEveryFixture(
        (fixture, model) -> {
          NDArray reconstruction =
              Autograd.withoutGradient(
                  () ->
                      model
                          .network()
                          .reconstruct(
                              model
                                  .network()
                                  .encode(ImageTensors.masked(fixture.pixels(), fixture.visible())),
                              fixture.height(),
                              fixture.width()));
          assertOutput(fixture, "reconstruction", reconstruction);
          assertLoss(fixture, "reconstruction_loss", backward(fixture, model));
          assertGradients(fixture, model);
        });
  }

  @TestFactory
  List<DynamicTest> oneStepOfAdamWAgrees() {
    return forEveryFixture((fixture, model) -> assertStep(fixture, model, Kind.ADAMW));
  }

  @TestFactory
  List<DynamicTest> oneStepOfStochasticGradientDescentAgrees() {
    return forEveryFixture((fixture, model) -> assertStep(fixture, model, Kind.SGD));
  }

  private static void assertStep(Fixture fixture, SegmentationModel model, Kind kind) {
    String prefix = kind == Kind.ADAMW ? "after_adamw." : "after_sgd.";
    List<Parameter> trained = model.parameters().select(Part.ENCODER, Part.RECONSTRUCTION);
    try (Optimizer optimizer = Optimizer.create(fixture.optimizer(kind), trained)) {
      backward(fixture, model);
      double norm = optimizer.step().gradientNorm();
      NDArray expectedNorm = fixture.expected().get("grad.norm");
      if (expectedNorm != null) {
        double deviation = Math.abs(norm / expectedNorm.toFloatArray()[0] - 1);
        System.out.printf("parity %s: gradient norm %.2e%n", fixture.name(), deviation);
        assertThat(deviation).as("gradient norm").isLessThan(GRADIENT_TOLERANCE);
      }
    }
    double worst = 0;
    for (Parameter parameter : trained) {
      NDArray expected = fixture.expected().get(prefix + parameter.name());
      if (expected != null) {
        double deviation = Deviation.ofMagnitude(parameter.value(), expected);
        worst = Math.max(worst, deviation);
        assertThat(deviation).as(prefix + parameter.name()).isLessThan(OUTPUT_TOLERANCE);
      }
    }
    System.out.printf("parity %s: %sweights %.2e%n", fixture.name(), prefix, worst);
    Prediction.Queries prediction =
        (Prediction.Queries)
            Autograd.withoutGradient(
                () ->
                    model
                        .network()
                        .predict(model.network().encode(ImageTensors.unmasked(fixture.pixels()))));
    assertOutput(fixture, prefix + "class_queries_logits", prediction.classLogits());
    assertOutput(fixture, prefix + "masks_queries_logits", prediction.maskLogits());
    assertLoss(fixture, prefix + "reconstruction_loss", backward(fixture, model));
  }

  private static float backward(Fixture fixture, SegmentationModel model) {
    return Transfers.number(
        Autograd.backward(
            () ->
                ReconstructionLoss.ofPixels(false)
                    .of(model.network(), fixture.pixels(), fixture.visible())));
  }

  private static void assertGradients(Fixture fixture, SegmentationModel model) {
    double largest = 0;
    for (Map.Entry<String, NDArray> entry : fixture.expected().entrySet()) {
      if (entry.getKey().startsWith("grad.") && !entry.getKey().equals("grad.norm")) {
        largest = Math.max(largest, Deviation.norm(entry.getValue()));
      }
    }
    List<String> deviating = new ArrayList<>();
    double worst = 0;
    int compared = 0;
    for (Parameter parameter : model.parameters().select(Part.ENCODER, Part.RECONSTRUCTION)) {
      NDArray expected = fixture.expected().get("grad." + parameter.name());
      if (expected == null) {
        continue;
      }
      compared++;
      NDArray gradient = JniUtils.getGradient((PtNDArray) parameter.value());
      assertThat(gradient).as("gradient of " + parameter.name()).isNotNull();
      // Some are zero but for rounding, such as those of biases that a norm takes out again.
      double magnitude = Math.max(Deviation.norm(expected), ROUNDING * largest);
      double deviation = Deviation.norm(gradient, expected) / magnitude;
      worst = Math.max(worst, deviation);
      if (!(deviation < GRADIENT_TOLERANCE)) {
        deviating.add(parameter.name() + " " + deviation + " of " + Deviation.norm(expected));
      }
    }
    System.out.printf("parity %s: %d gradients, worst %.2e%n", fixture.name(), compared, worst);
    assertThat(compared).as("compared gradients").isPositive();
    assertThat(deviating).isEmpty();
  }

  private static void assertOutput(Fixture fixture, String name, NDArray actual) {
    NDArray expected = fixture.expected().get(name);
    assertThat(expected).as(name + " in " + fixture.name()).isNotNull();
    assertThat(actual.getShape()).as(name).isEqualTo(expected.getShape());
    double deviation = Deviation.ofMagnitude(actual, expected);
    System.out.printf("parity %s: %s %.2e%n", fixture.name(), name, deviation);
    assertThat(deviation).as(name).isLessThan(OUTPUT_TOLERANCE);
  }

  private static void assertLoss(Fixture fixture, String name, float actual) {
    float expected = fixture.expected().get(name).toFloatArray()[0];
    double deviation = Math.abs(actual / (double) expected - 1);
    System.out.printf("parity %s: %s %.2e%n", fixture.name(), name, deviation);
    assertThat(deviation).as(name).isLessThan(LOSS_TOLERANCE);
  }

  private static List<DynamicTest> forEveryFixture(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : Fixtures.networks()) {
      tests.add(
          DynamicTest.dynamicTest(
              folder.getFileName().toString(),
              () -> {
                try (NDScope scope = new NDScope();
                    Fixture fixture = new Fixture(folder);
                    SegmentationModel model = fixture.model()) {
                  scope.suppressNotUsedWarning();
                  check.run(fixture, model);
                }
              }));
    }
    if (tests.isEmpty()) {
      System.out.println("parity: no fixture found, nothing compared");
    }
    return tests;
  }
}
