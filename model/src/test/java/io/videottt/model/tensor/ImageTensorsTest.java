package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTensorsTest {

  @Test
  void normalisesEachColourIntoAPlaneOfItsOwn() {
    try (NDManager manager = NDManager.newBaseManager()) {
      byte[] image = {0, 1, 2, (byte) 255, (byte) 254, (byte) 253};

      NDArray tensor = ImageTensors.normalise(manager, List.of(image), 1, 2);

      assertThat(tensor.getShape()).isEqualTo(new Shape(1, 3, 1, 2));
      double[] expected = {
        -123.675 / 58.395,
        (255 - 123.675) / 58.395,
        (1 - 116.28) / 57.12,
        (254 - 116.28) / 57.12,
        (2 - 103.53) / 57.375,
        (253 - 103.53) / 57.375
      };
      float[] values = tensor.toFloatArray();
      for (int index = 0; index < expected.length; index++) {
        assertThat((double) values[index]).isCloseTo(expected[index], within(1e-6));
      }
    }
  }

  @Test
  void masksAfterNormalisationAndSaysWhere() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray image = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(1, 3, 1, 2));
      NDArray visible = manager.create(new float[] {0, 1}, new Shape(1, 1, 1, 2));

      assertThat(ImageTensors.masked(image, visible).toFloatArray())
          .containsExactly(0, 2, 0, 4, 0, 6, 0, 1);
      assertThat(ImageTensors.unmasked(image).toFloatArray())
          .containsExactly(1, 2, 3, 4, 5, 6, 1, 1);
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> ImageTensors.normalise(manager, List.of(new byte[5]), 1, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("6 bytes, not 5");
      assertThatThrownBy(() -> ImageTensors.normalise(manager, List.of(), 1, 2))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
