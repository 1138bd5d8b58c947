package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import io.videottt.model.folder.TestModels;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.PatchMask;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets against a computation of their own in double precision. */
class ReconstructionTargetTest {

  private static final double EPSILON = 1e-3;
  private static final int BATCH = 2;

  /** Colours with another mean and spread in every image and channel. */
  private static float[] images(int height, int width) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[BATCH * 3 * height * width];
    for (int i = 0; i < values.length; i++) {
      int map = i / (height * width);
      values[i] = (float) (map - 2 + (0.2 + 0.3 * map) * random.nextGaussian());
    }
    return values;
  }

  /** {@code (x - mean) / sqrt(variance + epsilon)} of every block of every image and channel. */
  private static double[] standardised(
      float[] images, int height, int width, int rows, int columns) {
    double[] result = new double[images.length];
    for (int map = 0; map < images.length / (height * width); map++) {
      for (int top = 0; top < height; top += rows) {
        for (int left = 0; left < width; left += columns) {
          List<Integer> places = new ArrayList<>();
          for (int y = top; y < Math.min(height, top + rows); y++) {
            for (int x = left; x < Math.min(width, left + columns); x++) {
              places.add((map * height + y) * width + x);
            }
          }
          double mean = places.stream().mapToDouble(i -> images[i]).average().orElseThrow();
          double variance =
              places.stream()
                  .mapToDouble(i -> (images[i] - mean) * (images[i] - mean))
                  .average()
                  .orElseThrow();
          places.forEach(i -> result[i] = (images[i] - mean) / Math.sqrt(variance + EPSILON));
        }
      }
    }
    return result;
  }

  private static float[] target(
      ReconstructionTarget target, float[] images, int height, int width, int patch) {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray tensor = NativeArrays.of(manager, images, new Shape(BATCH, 3, height, width));
      return target.of(tensor, patch).toFloatArray();
    }
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], within(2e-5));
    }
  }

  @Test
  void pixelsAreTheImage() {
    float[] images = images(9, 14);
    assertThat(target(ReconstructionTarget.PIXELS, images, 9, 14, 4)).isEqualTo(images);
  }

  @Test
  void anImageIsStandardisedByItselfAndChannelByChannel() {
    float[] images = images(9, 14);
    assertClose(
        target(ReconstructionTarget.IMAGE_STANDARDISED, images, 9, 14, 4),
        standardised(images, 9, 14, 9, 14));
  }

  @ParameterizedTest
  @CsvSource({"8, 12, 4", "9, 14, 4", "5, 3, 1", "7, 7, 5", "6, 10, 64"})
  void aPatchThatTheEdgeCutsCountsThePixelsOfTheImageOnly(int height, int width, int patch) {
    float[] images = images(height, width);
    assertClose(
        target(ReconstructionTarget.PATCH_STANDARDISED, images, height, width, patch),
        standardised(images, height, width, patch, patch));
  }

  @ParameterizedTest
  @EnumSource(
      value = ReconstructionTarget.class,
      names = {"IMAGE_STANDARDISED", "PATCH_STANDARDISED"})
  void exposureContrastAndCastChangeNothingAndOneColourIsZero(ReconstructionTarget target) {
    float[] images = images(8, 12);
    float[] dusk = images.clone();
    float[] grey = new float[images.length];
    for (int i = 0; i < dusk.length; i++) {
      int channel = i / (8 * 12) % 3;
      dusk[i] = images[i] * (0.8f - 0.1f * channel) - 0.5f * channel;
      grey[i] = channel;
    }
    float[] usual = target(target, images, 8, 12, 4);
    float[] darker = target(target, dusk, 8, 12, 4);
    for (int i = 0; i < usual.length; i++) {
      assertThat(darker[i]).isCloseTo(usual[i], within(0.06f));
    }
    assertThat(target(target, grey, 8, 12, 4)).containsOnly(0f);
  }

  /** 40 x 56 is padded to 64 x 64 for the network: zeros there are no part of the statistics. */
  @ParameterizedTest
  @EnumSource(ReconstructionTarget.class)
  void thePaddingOfTheInputIsNoPartOfTheTarget(ReconstructionTarget target) {
    try (SegmentationModel model = SmallModels.mask2Former(1);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      assertThat(model.configuration().padding().pads(40, 56)).isTrue();
      float[] images = images(40, 56);
      NDArray tensor = NativeArrays.of(model.manager(), images, new Shape(BATCH, 3, 40, 56));
      NDArray visible =
          PatchMask.draw(new SplittableRandom(3), model.manager(), BATCH, 40, 56, 16, 0.5);
      int rows = target == ReconstructionTarget.PATCH_STANDARDISED ? 16 : 40;
      int columns = target == ReconstructionTarget.PATCH_STANDARDISED ? 16 : 56;
      double[] wanted = standardised(images, 40, 56, rows, columns);
      float[] reconstruction =
          Autograd.withoutGradient(
              () ->
                  model
                      .network()
                      .reconstruct(
                          model.network().encode(ImageTensors.masked(tensor, visible)), 40, 56)
                      .toFloatArray());
      double sum = 0;
      for (int i = 0; i < wanted.length; i++) {
        double difference =
            reconstruction[i] - (target == ReconstructionTarget.PIXELS ? images[i] : wanted[i]);
        sum += difference * difference;
      }
      float loss =
          Autograd.withoutGradient(
              () ->
                  new ReconstructionLoss(target, 16, false)
                      .of(model.network(), tensor, visible)
                      .getFloat());
      assertThat((double) loss).isCloseTo(sum / wanted.length, within(1e-4));
    }
  }

  /** The gradients are those towards a constant: nothing flows back through the target. */
  @ParameterizedTest
  @EnumSource(ReconstructionTarget.class)
  void theGradientsAreThoseTowardsAConstantOfDoublePrecision(ReconstructionTarget target) {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      FeaturePyramidConfiguration sizes = TestModels.featurePyramid(3);
      Parameters parameters = TestModels.parameters(sizes, manager, 3);
      Network network = TestModels.network(sizes, parameters, manager);
      float[] images = images(32, 48);
      NDArray tensor = NativeArrays.of(manager, images, new Shape(BATCH, 3, 32, 48));
      NDArray visible = PatchMask.draw(new SplittableRandom(5), manager, BATCH, 32, 48, 8, 0.75);
      double[] wanted =
          switch (target) {
            case PIXELS -> null;
            case IMAGE_STANDARDISED -> standardised(images, 32, 48, 32, 48);
            case PATCH_STANDARDISED -> standardised(images, 32, 48, 8, 8);
          };
      float[] constant = images.clone();
      for (int i = 0; wanted != null && i < constant.length; i++) {
        constant[i] = (float) wanted[i];
      }
      NDArray constants = NativeArrays.of(manager, constant, new Shape(BATCH, 3, 32, 48));

      Autograd.backward(
          () -> new ReconstructionLoss(target, 8, false).of(network, tensor, visible));
      List<float[]> gradients = takeGradients(parameters);
      Autograd.backward(
          () -> {
            NDArray difference =
                network
                    .reconstruct(network.encode(ImageTensors.masked(tensor, visible)), 32, 48)
                    .sub(constants);
            return difference.mul(difference).mean();
          });
      List<float[]> expected = takeGradients(parameters);

      assertThat(gradients).hasSameSizeAs(expected).isNotEmpty();
      for (int i = 0; i < gradients.size(); i++) {
        double norm = 0;
        double apart = 0;
        for (int j = 0; j < expected.get(i).length; j++) {
          norm += Math.pow(expected.get(i)[j], 2);
          apart += Math.pow(expected.get(i)[j] - gradients.get(i)[j], 2);
        }
        assertThat(Math.sqrt(apart)).isLessThan(1e-4 * Math.sqrt(norm) + 1e-6);
      }
    }
  }

  private static List<float[]> takeGradients(Parameters parameters) {
    List<float[]> gradients = new ArrayList<>();
    for (Parameter parameter : parameters.select(Part.ENCODER, Part.RECONSTRUCTION)) {
      NDArray gradient = parameter.value().getGradient();
      gradients.add(gradient.toFloatArray());
      gradient.subi(gradient.duplicate());
    }
    return gradients;
  }
}
