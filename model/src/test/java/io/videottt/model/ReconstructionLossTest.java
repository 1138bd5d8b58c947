package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.folder.TestModels;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.PatchMask;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReconstructionLossTest {

  @Test
  void averagesOverAllOrOverDroppedPixels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray image = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(1, 3, 1, 2));
      NDArray guess = manager.create(new float[] {2, 2, 3, 1, 5, 4}, new Shape(1, 3, 1, 2));
      NDArray visible = manager.create(new float[] {1, 0}, new Shape(1, 1, 1, 2));

      NDArray all = ReconstructionLoss.ofPixels(false).between(guess, image, visible);
      NDArray dropped = ReconstructionLoss.ofPixels(true).between(guess, image, visible);
      NDArray none = ReconstructionLoss.ofPixels(true).between(guess, image, visible.onesLike());

      assertThat(all.getFloat()).isCloseTo((1 + 9 + 4) / 6f, within(1e-6f));
      assertThat(dropped.getFloat()).isCloseTo((9 + 4) / 3f, within(1e-6f));
      assertThat(none.getFloat()).isZero();
    }
  }

  @Test
  void hasTheGradientsOfFiniteDifferences() {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      FeaturePyramidConfiguration sizes = TestModels.featurePyramid(3);
      Parameters parameters = TestModels.parameters(sizes, manager, 3);
      Network network = TestModels.network(sizes, parameters, manager);
      SplittableRandom random = new SplittableRandom(5);
      // Away from the start, where tiny weights make the loss too curved for differences.
      for (Parameter parameter : parameters.all()) {
        NDArray noise = normal(manager, random, parameter.value().getShape()).mul(0.2f);
        Autograd.withoutGradient(() -> parameter.value().addi(noise));
      }
      NDArray images = normal(manager, random, new Shape(2, 3, 32, 32));
      NDArray visible = PatchMask.draw(random, manager, 2, 32, 32, 8, 0.75);
      List<ReconstructionLoss> losses =
          List.of(
              ReconstructionLoss.ofPixels(false),
              ReconstructionLoss.ofPixels(true),
              new ReconstructionLoss(ReconstructionTarget.IMAGE_STANDARDISED, 8, true),
              new ReconstructionLoss(ReconstructionTarget.PATCH_STANDARDISED, 8, false));
      for (ReconstructionLoss wanted : losses) {
        Supplier<NDArray> loss = () -> wanted.of(network, images, visible);
        Autograd.backward(loss);

        for (Part part : List.of(Part.ENCODER, Part.RECONSTRUCTION)) {
          for (Parameter parameter : parameters.select(part)) {
            NDArray value = parameter.value();
            NDArray gradient = value.getGradient().duplicate();
            double norm = Math.sqrt(gradient.mul(gradient).sum().getFloat());
            if (norm < 1e-2) {
              // Too small to be told from rounding by a difference in single precision.
              continue;
            }
            // The directional derivative along the gradient is its norm.
            NDArray step = gradient.mul((float) (5e-4 / norm));
            double above = shifted(loss, value, step);
            double below = shifted(loss, value, step.neg());
            assertThat((above - below) / 1e-3)
                .as(wanted + " " + parameter.name())
                .isCloseTo(norm, within(0.05 * norm + 1e-3));
          }
        }
        for (Parameter parameter : parameters.select(Part.ENCODER, Part.RECONSTRUCTION)) {
          NDArray gradient = parameter.value().getGradient();
          gradient.subi(gradient.duplicate());
        }
      }
    }
  }

  private static double shifted(Supplier<NDArray> loss, NDArray value, NDArray step) {
    return Autograd.withoutGradient(
        () -> {
          value.addi(step);
          float result = loss.get().getFloat();
          value.subi(step);
          return (double) result;
        });
  }

  private static NDArray normal(NDManager manager, SplittableRandom random, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextGaussian();
    }
    return NativeArrays.of(manager, values, shape);
  }
}
