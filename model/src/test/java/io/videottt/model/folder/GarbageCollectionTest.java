package io.videottt.model.folder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Network;
import io.videottt.model.Parameter;
import io.videottt.model.Parameters;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Resolution;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.PatchMask;
import io.videottt.model.tensor.TensorFunctions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Autograd keeps pointers to whatever a backward pass needs. Where that is a Java buffer which
 * nothing in Java refers to any more, a collection between forward and backward corrupts the
 * gradients in silence. So: collect, overwrite what was freed, and compare with an undisturbed run.
 */
class GarbageCollectionTest {

  private static final int HEIGHT = 32;
  private static final int WIDTH = 48;
  private static final int BATCH = 2;

  /** A loss of a network for the images and labels of this test. */
  private interface Loss {
    NDArray of(Network network, NDArray images, NDArray visible);
  }

  @Test
  void gradientsOfTheFeaturePyramidSurviveACollection() {
    FeaturePyramidConfiguration full = TestModels.featurePyramid(3);
    FeaturePyramidConfiguration quarter =
        new FeaturePyramidConfiguration(
            full.modelType(),
            full.numLabels(),
            full.encoder(),
            full.pyramid(),
            new FeaturePyramidConfiguration.Loss(List.of(1.0, 2.0, 3.0), Resolution.QUARTER),
            null,
            null,
            null);
    assertSurvives(full);
    assertSurvives(quarter);
  }

  @Test
  void gradientsOfMask2FormerSurviveACollection() {
    assertSurvives(TestModels.mask2Former(3, ""));
    assertSurvives(
        TestModels.mask2Former(
            3,
            """
            , "videottt": {
              "per_class_queries": true,
              "pixel_cross_entropy_weight": 2,
              "class_weights": [1, 2, 3]}
            """));
  }

  @Test
  void noticesAnOperandThatJavaFrees() {
    UnaryOperator<NDArray> unsafe = x -> x.mul(3f);
    UnaryOperator<NDArray> safe = x -> TensorFunctions.scale(x, 3);

    assertThat(wrongGradients(safe)).isZero();
    // What is freed early is noticed where its memory is taken again, which is up to the system.
    int wrong = 0;
    for (int attempt = 0; wrong == 0 && attempt < 25; attempt++) {
      wrong = wrongGradients(unsafe);
    }
    assertThat(wrong).isPositive();
  }

  /** How often, of twenty times, the gradient of 3 x is not 3. */
  private static int wrongGradients(UnaryOperator<NDArray> triple) {
    int wrong = 0;
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int round = 0; round < 20; round++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray x = NativeArrays.of(manager, new float[] {1}, new Shape(1));
          x.setRequiresGradient(true);
          Autograd.backward(
              () -> {
                NDArray y = triple.apply(x).sum();
                collect();
                return y;
              });
          wrong += x.getGradient().getFloat() == 3 ? 0 : 1;
        }
      }
    }
    return wrong;
  }

  private static void assertSurvives(ModelConfiguration configuration) {
    Map<String, Loss> losses = new LinkedHashMap<>();
    losses.put(
        "main",
        (network, images, visible) ->
            network.mainLoss(
                network.encode(ImageTensors.unmasked(images)),
                targets(),
                HEIGHT,
                WIDTH,
                new SplittableRandom(5)));
    losses.put(
        "reconstruction of all pixels",
        (network, images, visible) ->
            ReconstructionLoss.ofPixels(false).of(network, images, visible));
    losses.put(
        "reconstruction of masked pixels",
        (network, images, visible) ->
            ReconstructionLoss.ofPixels(true).of(network, images, visible));
    losses.forEach(
        (name, loss) -> {
          List<float[]> undisturbed = gradients(configuration, loss, false);
          List<float[]> disturbed = gradients(configuration, loss, true);
          assertThat(disturbed).as(name).hasSameSizeAs(undisturbed);
          for (int index = 0; index < disturbed.size(); index++) {
            assertThat(disturbed.get(index)).as(name).isEqualTo(undisturbed.get(index));
          }
        });
  }

  private static List<float[]> gradients(
      ModelConfiguration configuration, Loss loss, boolean disturbed) {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Parameters parameters = TestModels.parameters(configuration, manager, 1);
      Network network = TestModels.network(configuration, parameters, manager);
      Function<SplittableRandom, NDArray> forward =
          random -> {
            // Made inside, as a training step does it.
            byte[] pixels = new byte[HEIGHT * WIDTH * 3];
            random.nextBytes(pixels);
            NDArray images =
                ImageTensors.normalise(manager, List.of(pixels, pixels), HEIGHT, WIDTH);
            NDArray visible = PatchMask.draw(random, manager, BATCH, HEIGHT, WIDTH, 8, 0.75);
            return loss.of(network, images, visible);
          };
      Autograd.backward(
          () -> {
            NDArray value = forward.apply(new SplittableRandom(3));
            if (disturbed) {
              collect();
            }
            return value;
          });
      List<float[]> gradients = new ArrayList<>();
      for (Parameter parameter : parameters.all()) {
        gradients.add(
            parameter.value().hasGradient()
                ? parameter.value().getGradient().toFloatArray()
                : new float[0]);
      }
      return gradients;
    }
  }

  /** Collects, and fills the memory that became free with another number. */
  private static void collect() {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      System.gc();
      for (int index = 0; index < 2000; index++) {
        int floats = 1 << index % 11;
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder());
        for (int value = 0; value < floats; value++) {
          buffer.putFloat(4 * value, 777);
        }
        buffers.add(buffer);
      }
    }
    assertThat(buffers).isNotEmpty();
  }

  private static List<SegmentationTarget> targets() {
    byte[] labels = new byte[HEIGHT * WIDTH];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int column = pixel % WIDTH;
      labels[pixel] = (byte) (column < 4 ? 255 : column * 3 / WIDTH);
    }
    SegmentationTarget target = SegmentationTarget.ofLabels(labels, HEIGHT, WIDTH, 3);
    return List.of(target, target);
  }
}
