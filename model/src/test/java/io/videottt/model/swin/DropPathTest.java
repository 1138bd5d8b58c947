package io.videottt.model.swin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Network;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DropPathTest {

  private static final int BATCH = 4000;

  @Test
  void deeperBlocksAreLeftOutMoreOftenAndTheExpectationStays() {
    try (NDManager manager = NDManager.newBaseManager()) {
      DropPath dropPath = new DropPath(0.3, 5, new Random(1));

      assertThat(dropPath.draw(manager, 0, BATCH)).isEmpty();
      for (int block = 1; block < 5; block++) {
        double dropped = 0.3 * block / 4;
        List<NDArray> factors = dropPath.draw(manager, block, BATCH);
        assertThat(factors).hasSize(2);
        for (NDArray factor : factors) {
          assertThat(factor.getShape().getShape()).containsExactly(BATCH, 1, 1, 1);
          float[] values = factor.toFloatArray();
          float kept = (float) (1 / (1 - dropped));
          int zeros = 0;
          for (float value : values) {
            assertThat(value).isIn(0f, kept);
            zeros += value == 0 ? 1 : 0;
          }
          assertThat(zeros / (double) BATCH).isCloseTo(dropped, within(0.03));
        }
      }
    }
  }

  @Test
  void nothingIsDrawnAtRateZero() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(new DropPath(0, 5, null).draw(manager, 4, 2)).isEmpty();
      assertThat(new DropPath(0.5, 1, null).draw(manager, 0, 2)).isEmpty();
    }
  }

  @Test
  void theEncoderDropsBranchesOnlyWhileTrainingAndAsTheGeneratorSays() {
    String configuration =
        SmallModels.CONFIGURATION.replace(
            "\"window_size\": 3,", "\"window_size\": 3, \"drop_path_rate\": 0.9,");
    try (SegmentationModel model =
            SegmentationModel.initialise(
                ModelConfiguration.parse(configuration, "config.json"), 1, Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Network network = model.network();
      NDArray images = model.manager().ones(new Shape(2, 4, 32, 64));

      float[] plain = network.encode(images).res5().toFloatArray();
      float[] dropped = network.encodeForTraining(images, new Random(1)).res5().toFloatArray();

      assertThat(network.encode(images).res5().toFloatArray()).isEqualTo(plain);
      assertThat(dropped).isNotEqualTo(plain);
      assertThat(network.encodeForTraining(images, new Random(1)).res5().toFloatArray())
          .isEqualTo(dropped);
      assertThat(network.encodeForTraining(images, new Random(2)).res5().toFloatArray())
          .isNotEqualTo(dropped);
    }
  }
}
