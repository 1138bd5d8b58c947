package io.videottt.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.metrics.LumaChroma;
import io.videottt.model.ChromaLoss;
import io.videottt.model.ColourTarget;
import io.videottt.model.FeatureMaps;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Network;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both architectures with colours as their output space. */
class ChromaNetworkTest {

  private static final int HEIGHT = 36;
  private static final int WIDTH = 44;

  static Stream<ModelConfiguration> configurations() {
    String pyramid = TestModels.featurePyramid(1).toJson();
    return Stream.of(
        ModelConfiguration.parse(
            pyramid
                .replaceFirst("\"num_labels\" : 1", "\"num_labels\" : 0")
                .replaceFirst("\\{", "{\"output_space\": \"chroma\","),
            "pyramid"),
        TestModels.mask2Former(3, ", \"output_space\": \"chroma\""));
  }

  private static byte[] colours() {
    byte[] colours = new byte[HEIGHT * WIDTH * 3];
    new SplittableRandom(5).nextBytes(colours);
    return colours;
  }

  private static NDArray gray(SegmentationModel model, byte[] colours) {
    return ImageTensors.unmasked(
        ImageTensors.normalise(model.manager(), List.of(LumaChroma.gray(colours)), HEIGHT, WIDTH));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void chromaHasTheSizeOfTheInputAndThereAreNoClasses(ModelConfiguration configuration) {
    assertThat(configuration.tasks()).containsExactly(Task.COLORIZATION);
    assertThat(configuration.seesGray()).isTrue();
    assertThat(configuration.classCount()).isZero();
    assertThat(ModelConfiguration.parse(configuration.toJson(), "again").tasks())
        .containsExactly(Task.COLORIZATION);
    try (SegmentationModel model = SegmentationModel.initialise(configuration, 1, Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.withoutGradient(
          () -> {
            Network network = model.network();
            FeatureMaps features = network.encode(gray(model, colours()));
            Prediction prediction = network.predict(features);
            assertThat(prediction).isInstanceOf(Prediction.Chroma.class);
            assertThat(((Prediction.Chroma) prediction).patches().getShape().get(1))
                .isEqualTo(ChromaLoss.OUTPUTS);
            assertThat(network.chroma(prediction, HEIGHT, WIDTH).getShape())
                .isEqualTo(new Shape(1, 2, HEIGHT, WIDTH));
            assertThat(network.reconstruct(features, HEIGHT, WIDTH).getShape())
                .isEqualTo(new Shape(1, 3, HEIGHT, WIDTH));
            assertThatThrownBy(() -> network.semanticScores(prediction, HEIGHT, WIDTH))
                .isInstanceOf(IllegalArgumentException.class);
            return null;
          });
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void theLossIsTheMeanSquaredErrorInNormalisedColourAtTheInputsLuma(
      ModelConfiguration configuration) {
    byte[] colours = colours();
    try (SegmentationModel model = SegmentationModel.initialise(configuration, 1, Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.withoutGradient(
          () -> {
            Network network = model.network();
            FeatureMaps features = network.encode(gray(model, colours));
            float[] predicted =
                network.chroma(network.predict(features), HEIGHT, WIDTH).toFloatArray();
            float loss =
                network
                    .mainLoss(
                        features,
                        List.of(new ColourTarget(colours)),
                        HEIGHT,
                        WIDTH,
                        new java.util.Random(1))
                    .getFloat();
            assertThat(loss).isCloseTo((float) expected(colours, predicted), within(1e-4f));
            return null;
          });
    }
  }

  /** From the definition, pixel by pixel: what the bytes cut off is not cut off here. */
  private static double expected(byte[] colours, float[] predicted) {
    int pixels = HEIGHT * WIDTH;
    float[] deviation = ImageTensors.deviation();
    double sum = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      double red = colours[3 * pixel] & 0xff;
      double green = colours[3 * pixel + 1] & 0xff;
      double blue = colours[3 * pixel + 2] & 0xff;
      double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      double cb = predicted[pixel];
      double cr = predicted[pixels + pixel];
      double[] error = {
        luma + 1.402 * cr - red,
        luma - 0.344136286 * cb - 0.714136286 * cr - green,
        luma + 1.772 * cb - blue
      };
      for (int channel = 0; channel < 3; channel++) {
        sum += Math.pow(error[channel] / deviation[channel], 2);
      }
    }
    return sum / (3 * pixels);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void trainingLearnsTheColours(ModelConfiguration configuration) {
    byte[] colours = new byte[HEIGHT * WIDTH * 3];
    for (int pixel = 0; pixel < HEIGHT * WIDTH; pixel++) {
      boolean sky = pixel < HEIGHT * WIDTH / 2;
      colours[3 * pixel] = (byte) (sky ? 90 : 120);
      colours[3 * pixel + 1] = (byte) (sky ? 140 : 110);
      colours[3 * pixel + 2] = (byte) (sky ? 220 : 60);
    }
    try (SegmentationModel model = SegmentationModel.initialise(configuration, 1, Device.cpu());
        Optimizer optimizer =
            Optimizer.create(OptimizerSettings.adamW(3e-3, 1, 0, 1), model.parameters().all())) {
      double first = step(model, optimizer, colours);
      double last = first;
      for (int i = 0; i < 40; i++) {
        last = step(model, optimizer, colours);
      }
      assertThat(last).isLessThan(first / 4);
    }
  }

  private static double step(SegmentationModel model, Optimizer optimizer, byte[] colours) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray images = gray(model, colours);
      NDArray loss =
          Autograd.backward(
              () ->
                  model
                      .network()
                      .mainLoss(
                          model.network().encode(images),
                          List.of(new ColourTarget(colours)),
                          HEIGHT,
                          WIDTH,
                          new java.util.Random(1)));
      optimizer.step();
      return loss.getFloat();
    }
  }

  @Test
  void targetsOfTheOtherKindAreRefused() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray output = NativeArrays.of(manager, new float[8], new Shape(1, 2, 2, 2));
      assertThatThrownBy(
              () ->
                  ChromaLoss.of(output, List.of(SegmentationTarget.ofLabels(new byte[4], 2, 2, 3))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SegmentationTarget.all(List.of(new ColourTarget(new byte[3]))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPyramidOfChromaHasNoLabels() {
    String json =
        TestModels.featurePyramid(3).toJson().replaceFirst("\\{", "{\"output_space\": \"chroma\",");
    assertThatThrownBy(() -> ModelConfiguration.parse(json, "config.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'num_labels' is 3 but must be 0 where the output space is chroma");
    assertThat(TestModels.featurePyramid(3).toJson()).doesNotContain("output_space");
  }
}
