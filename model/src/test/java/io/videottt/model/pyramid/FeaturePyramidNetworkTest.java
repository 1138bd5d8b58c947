package io.videottt.model.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Network;
import io.videottt.model.Parameter;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.Prediction;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.folder.TestModels;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Block;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Stem;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.PatchMask;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturePyramidNetworkTest {

  private static final int CLASSES = 3;

  private NDManager manager;
  private NDScope scope;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    scope = new NDScope();
    scope.suppressNotUsedWarning();
  }

  @AfterEach
  void close() {
    scope.close();
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CONVOLUTION, CONVOLUTION, 64, 96",
    "CONVOLUTION, CONVOLUTION, 33, 50",
    "PATCH, SWIN, 64, 96",
    "PATCH, SWIN, 45, 31",
    "PATCH, CONVOLUTION, 20, 20",
  })
  void answersAtTheResolutionOfTheInput(Stem stem, Block early, int height, int width) {
    FeaturePyramidConfiguration sizes = TestModels.featurePyramid(CLASSES, stem, early);
    Network network = TestModels.network(sizes, TestModels.parameters(sizes, manager, 1), manager);
    Autograd.withoutGradient(
        () -> {
          NDArray images = image(2, height, width);
          FeatureMaps features = network.encode(ImageTensors.unmasked(images));
          int strided = height;
          int across = width;
          for (NDArray map :
              List.of(features.res2(), features.res3(), features.res4(), features.res5())) {
            strided = map == features.res2() ? quarter(height) : half(strided);
            across = map == features.res2() ? quarter(width) : half(across);
            assertThat(map.getShape().get(2)).isEqualTo(strided);
            assertThat(map.getShape().get(3)).isEqualTo(across);
          }
          Prediction prediction = network.predict(features);
          assertThat(((Prediction.Dense) prediction).logits().getShape())
              .isEqualTo(new Shape(2, CLASSES, quarter(height), quarter(width)));
          assertThat(network.semanticScores(prediction, height, width).getShape())
              .isEqualTo(new Shape(2, CLASSES, height, width));
          assertThat(network.reconstruct(features, height, width).getShape())
              .isEqualTo(new Shape(2, 3, height, width));
          return null;
        });
  }

  @Test
  void readsReconstructionChannelsAsColourRowColumn() {
    FeaturePyramidConfiguration sizes = TestModels.featurePyramid(CLASSES);
    Parameters parameters = TestModels.parameters(sizes, manager, 1);
    // With a zero weight, every patch is the predictor's bias: channel c * 16 + p * 4 + q.
    NDArray weight = parameters.get("reconstruction.predictor.weight");
    float[] bias = new float[48];
    for (int channel = 0; channel < bias.length; channel++) {
      bias[channel] = channel;
    }
    Autograd.withoutGradient(
        () -> {
          weight.subi(weight.duplicate());
          parameters.get("reconstruction.predictor.bias").addi(manager.create(bias));
          Network network = TestModels.network(sizes, parameters, manager);
          NDArray pixels =
              network.reconstruct(network.encode(ImageTensors.unmasked(image(1, 9, 13))), 9, 13);
          float[] values = pixels.toFloatArray();
          for (int colour = 0; colour < 3; colour++) {
            for (int row = 0; row < 9; row++) {
              for (int column = 0; column < 13; column++) {
                assertThat(values[(colour * 9 + row) * 13 + column])
                    .isEqualTo(colour * 16 + row % 4 * 4 + column % 4);
              }
            }
          }
          return null;
        });
  }

  @Test
  void bothLossesReachTheirParametersAndOnlyThose() {
    FeaturePyramidConfiguration sizes = TestModels.featurePyramid(CLASSES);
    Parameters parameters = TestModels.parameters(sizes, manager, 1);
    Network network = TestModels.network(sizes, parameters, manager);
    NDArray images = image(2, 32, 32);
    NDArray visible = PatchMask.draw(new SplittableRandom(1), manager, 2, 32, 32, 8, 0.75);

    Autograd.backward(
        () ->
            network.mainLoss(
                network.encode(ImageTensors.unmasked(images)),
                targets(labels(2, 32, 32), 32, 32),
                32,
                32,
                new SplittableRandom(1)));
    assertReached(parameters.select(Part.ENCODER, Part.MAIN_HEAD), true);
    assertReached(parameters.select(Part.RECONSTRUCTION), false);

    Autograd.backward(() -> ReconstructionLoss.ofPixels(true).of(network, images, visible));
    assertReached(parameters.select(Part.RECONSTRUCTION), true);
  }

  @Test
  void overfitsASingleImage() {
    int height = 32;
    int width = 48;
    FeaturePyramidConfiguration sizes = TestModels.featurePyramid(CLASSES);
    Parameters parameters = TestModels.parameters(sizes, manager, 1);
    Network network = TestModels.network(sizes, parameters, manager);
    List<byte[]> labels = labels(1, height, width);
    NDArray images = image(1, height, width);
    try (Optimizer optimizer =
        Optimizer.create(OptimizerSettings.adamW(5e-3, 1, 0, 0), parameters.all())) {
      for (int step = 0; step < 150; step++) {
        try (NDScope stepScope = new NDScope()) {
          stepScope.suppressNotUsedWarning();
          Autograd.backward(
              () ->
                  network.mainLoss(
                      network.encode(ImageTensors.unmasked(images)),
                      targets(labels, height, width),
                      height,
                      width,
                      new SplittableRandom(1)));
          optimizer.step();
        }
      }
    }
    long[] predicted =
        Autograd.withoutGradient(
            () ->
                network
                    .semanticScores(
                        network.predict(network.encode(ImageTensors.unmasked(images))),
                        height,
                        width)
                    .argMax(1)
                    .toLongArray());

    assertThat(meanIou(labels.get(0), predicted)).isGreaterThan(0.95);
  }

  private static void assertReached(List<Parameter> parameters, boolean reached) {
    for (Parameter parameter : parameters) {
      boolean moved =
          parameter.value().hasGradient()
              && parameter.value().getGradient().abs().sum().getFloat() > 0;
      assertThat(moved).as(parameter.name()).isEqualTo(reached);
    }
  }

  private NDArray image(int batch, int height, int width) {
    SplittableRandom random = new SplittableRandom(11);
    float[] values = new float[batch * 3 * height * width];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextGaussian();
    }
    return NativeArrays.of(manager, values, new Shape(batch, 3, height, width));
  }

  /** Blocks of 8x8 pixels, one ignored now and then. */
  private static List<byte[]> labels(int batch, int height, int width) {
    byte[] labels = new byte[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int block = row / 8 * 7 + column / 8;
        labels[row * width + column] = (byte) (block % 9 == 8 ? 255 : block % CLASSES);
      }
    }
    byte[][] all = new byte[batch][];
    Arrays.fill(all, labels);
    return List.of(all);
  }

  private static List<SegmentationTarget> targets(List<byte[]> labels, int height, int width) {
    return labels.stream()
        .map(image -> SegmentationTarget.ofLabels(image, height, width, CLASSES))
        .toList();
  }

  private static double meanIou(byte[] labels, long[] predicted) {
    double sum = 0;
    for (int label = 0; label < CLASSES; label++) {
      double intersection = 0;
      double union = 0;
      for (int pixel = 0; pixel < labels.length; pixel++) {
        if ((labels[pixel] & 0xFF) != 255) {
          boolean truth = labels[pixel] == label;
          boolean guess = predicted[pixel] == label;
          intersection += truth && guess ? 1 : 0;
          union += truth || guess ? 1 : 0;
        }
      }
      sum += intersection / union;
    }
    return sum / CLASSES;
  }

  private static int quarter(int pixels) {
    return half(half(pixels));
  }

  private static int half(int pixels) {
    return (pixels + 1) / 2;
  }
}
