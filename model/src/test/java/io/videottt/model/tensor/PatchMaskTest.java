package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatchMaskTest {

  @Test
  void dropsExactlyTheAskedShareOfThePatchesOfEveryImage() {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (double ratio : new double[] {0, 0.25, 0.8, 0.85, 1}) {
        int height = 48;
        int width = 64;
        float[] mask =
            new PatchMask(16, ratio)
                .draw(new SplittableRandom(1), manager, 3, height, width)
                .toFloatArray();
        for (int image = 0; image < 3; image++) {
          int dropped = 0;
          for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
              float value = mask[(image * height + row) * width + column];
              int corner = (image * height + row / 16 * 16) * width + column / 16 * 16;
              assertThat(value).isEqualTo(mask[corner]).isIn(0f, 1f);
              dropped += value == 0 ? 1 : 0;
            }
          }
          assertThat(dropped).isEqualTo((int) Math.round(ratio * 12) * 16 * 16);
        }
      }
    }
  }

  @Test
  void cutsPatchesAtTheImagesEdges() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray mask = PatchMask.draw(new SplittableRandom(1), manager, 2, 20, 33, 16, 0.5);

      assertThat(mask.getShape()).isEqualTo(new Shape(2, 1, 20, 33));
      assertThat(mask.get(0, 0, 16, 32).toFloatArray())
          .isEqualTo(mask.get(0, 0, 19, 32).toFloatArray());
    }
  }

  @Test
  void masksEveryImageOnItsOwnAndRepeatsWithTheSeed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PatchMask masks = new PatchMask(4, 0.5);
      float[] first = masks.draw(new SplittableRandom(7), manager, 2, 32, 32).toFloatArray();
      float[] again = masks.draw(new SplittableRandom(7), manager, 2, 32, 32).toFloatArray();
      float[] other = masks.draw(new SplittableRandom(8), manager, 2, 32, 32).toFloatArray();

      assertThat(first).isEqualTo(again).isNotEqualTo(other);
      assertThat(Arrays.copyOfRange(first, 0, 1024))
          .isNotEqualTo(Arrays.copyOfRange(first, 1024, 2048));
    }
  }

  @Test
  void dropsEveryPatchEquallyOften() {
    try (NDManager manager = NDManager.newBaseManager()) {
      int images = 4000;
      float[] mask =
          new PatchMask(1, 0.75)
              .draw(new SplittableRandom(5), manager, images, 2, 4)
              .toFloatArray();
      for (int patch = 0; patch < 8; patch++) {
        int visible = 0;
        for (int image = 0; image < images; image++) {
          visible += (int) mask[image * 8 + patch];
        }
        // 0.25 with a standard deviation of 0.007.
        assertThat(visible / (double) images).isBetween(0.22, 0.28);
      }
    }
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> new PatchMask(0, 0.5)).hasMessageContaining("patch is 0");
    assertThatThrownBy(() -> new PatchMask(4, 1.5)).hasMessageContaining("ratio is 1.5");
    assertThatThrownBy(() -> new PatchMask(4, Double.NaN)).hasMessageContaining("ratio is NaN");
  }
}
