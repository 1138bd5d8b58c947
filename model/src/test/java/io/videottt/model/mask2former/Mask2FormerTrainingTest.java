package io.videottt.model.mask2former;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.base.InvalidInputException;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Network;
import io.videottt.model.Parameters;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.folder.TestModels;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mask2FormerTrainingTest {

  private static final int SIZE = 32;
  private static final int CLASSES = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"videottt\": {\"per_class_queries\": true, \"pixel_cross_entropy_weight\": 5}"
      })
  void learnsOneImage(String extras) {
    ModelConfiguration configuration = TestModels.mask2Former(CLASSES, extras);
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Parameters parameters = TestModels.parameters(configuration, manager, 1);
      Network network = TestModels.network(configuration, parameters, manager);
      byte[] pixels = new byte[SIZE * SIZE * 3];
      byte[] labels = new byte[SIZE * SIZE];
      new SplittableRandom(1).nextBytes(pixels);
      for (int pixel = 0; pixel < labels.length; pixel++) {
        labels[pixel] = (byte) (pixel % SIZE * CLASSES / SIZE);
        pixels[3 * pixel + labels[pixel]] = (byte) 255;
      }
      NDArray images =
          ImageTensors.unmasked(ImageTensors.normalise(manager, List.of(pixels), SIZE, SIZE));
      List<SegmentationTarget> targets =
          List.of(SegmentationTarget.ofLabels(labels, SIZE, SIZE, CLASSES));
      SplittableRandom random = new SplittableRandom(2);
      try (Optimizer optimizer =
          Optimizer.create(OptimizerSettings.adamW(3e-3, 1, 0, 1), parameters.all())) {
        for (int step = 0; step < 80; step++) {
          try (NDScope stepScope = new NDScope()) {
            stepScope.suppressNotUsedWarning();
            Autograd.backward(
                () -> network.mainLoss(network.encode(images), targets, SIZE, SIZE, random));
            optimizer.step();
          }
        }
      }
      long[] predicted =
          Autograd.withoutGradient(
              () ->
                  network
                      .semanticScores(network.predict(network.encode(images)), SIZE, SIZE)
                      .argMax(1)
                      .toLongArray());
      int right = 0;
      for (int pixel = 0; pixel < labels.length; pixel++) {
        right += predicted[pixel] == labels[pixel] ? 1 : 0;
      }

      assertThat(right / (double) labels.length).isGreaterThan(0.95);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"per_class_query\": true} | unknown key 'videottt.per_class_query'",
        "{\"per_class_queries\": 1} | per_class_queries",
        "{\"per_class_queries\": [0, 99]} | per_class_queries",
        "{\"per_class_queries\": [0, 0]} | names each class once",
        "{\"pixel_cross_entropy_weight\": -1} | pixel_cross_entropy_weight",
        "{\"class_weights\": [1, 2]} | class_weights",
        "{\"class_weights\": [1, 2, \"3\"]} | class_weights",
        "[1] | videottt",
      })
  void refusesExtrasThatCannotBe(String extras, String named) {
    assertThatThrownBy(() -> TestModels.mask2Former(CLASSES, ", \"videottt\": " + extras))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(named);
  }

  @Test
  void refusesFewerQueriesThanClassesWhenEveryClassHasItsOwn() {
    assertThatThrownBy(
            () -> TestModels.mask2Former(6, ", \"videottt\": {\"per_class_queries\": true}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("num_queries");
  }
}
