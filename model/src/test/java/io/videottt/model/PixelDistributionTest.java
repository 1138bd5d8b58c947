package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PixelDistributionTest {

  private static final double TOLERANCE = 1e-6;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Two pixels: class 1 has 0.7 in the first, class 2 has 0.5 in the second. */
  private PixelDistribution twoPixels() {
    float[] probabilities = {0.1f, 0.2f, 0.7f, 0.3f, 0.2f, 0.5f};
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) Math.log(probabilities[i]);
    }
    return new PixelDistribution(NativeArrays.of(manager, probabilities, new Shape(1, 3, 1, 2)));
  }

  @Test
  void entropyIsTheMeanOverThePixels() {
    double first = -(0.1 * Math.log(0.1) + 0.7 * Math.log(0.7) + 0.2 * Math.log(0.2));
    double second = -(0.2 * Math.log(0.2) + 0.3 * Math.log(0.3) + 0.5 * Math.log(0.5));
    assertThat((double) twoPixels().meanEntropy().getFloat())
        .isCloseTo((first + second) / 2, within(TOLERANCE));
  }

  @Test
  void onlyPixelsAboveTheThresholdGetALabel() {
    PixelDistribution pixels = twoPixels();
    assertThat(pixels.confidentLabels(0).classes().toLongArray()).containsExactly(1, 2);
    assertThat(pixels.confidentLabels(0.6).classes().toLongArray()).containsExactly(1, 255);
    assertThat(pixels.confidentLabels(0.6).count().getLong()).isEqualTo(1);
    assertThat(pixels.confidentLabels(1).count().getLong()).isZero();
    assertThat(pixels.histogram()).containsExactly(0, 1, 1);
  }

  @Test
  void crossEntropyCountsLabelledPixelsOnly() {
    PixelDistribution pixels = twoPixels();
    assertThat((double) pixels.crossEntropySum(pixels.confidentLabels(0.6)).getFloat())
        .isCloseTo(-Math.log(0.7), within(TOLERANCE));
    assertThat((double) pixels.crossEntropySum(pixels.confidentLabels(0)).getFloat())
        .isCloseTo(-Math.log(0.7) - Math.log(0.5), within(TOLERANCE));
    assertThat(pixels.crossEntropySum(pixels.confidentLabels(1)).getFloat()).isZero();
  }

  @Test
  void queriesGiveADistributionProportionalToTheirSemanticScores() {
    try (SegmentationModel model = SmallModels.mask2Former(3);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Network network = model.network();
      Prediction prediction =
          Autograd.withoutGradient(
              () ->
                  network.predict(
                      network.encode(
                          ImageTensors.unmasked(model.manager().ones(new Shape(1, 3, 32, 32))))));
      NDArray probabilities = network.distribution(prediction, 32, 32).logProbabilities().exp();
      assertThat(probabilities.getShape().getShape()[2]).isEqualTo(8);
      for (float sum : probabilities.sum(new int[] {1}).toFloatArray()) {
        assertThat((double) sum).isCloseTo(1, within(1e-5));
      }
    }
  }
}
