package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelCrossEntropyTest {

  private static final int SIZE = 8;

  @Test
  void weighsPixelsByTheirClassAndLeavesOutIgnoredOnes() {
    try (NDManager manager = NDManager.newBaseManager()) {
      byte[] labels = new byte[SIZE * SIZE];
      for (int pixel = 0; pixel < labels.length; pixel++) {
        labels[pixel] = (byte) (pixel < 16 ? 0 : pixel < 24 ? 1 : 255);
      }
      double expected = (16 * 3 * -Math.log(0.2) + 8 * 1 * -Math.log(0.8)) / (16 * 3 + 8 * 1);

      for (int step : new int[] {1, 4}) {
        PixelCrossEntropy loss = new PixelCrossEntropy(2, List.of(3.0, 1.0), step);
        // Probabilities 0.2 and 0.8 everywhere.
        NDArray logits = constantLogits(manager, SIZE / step, Math.log(0.2), Math.log(0.8));
        byte[] sampled = step == 1 ? labels : alternating();
        double wanted =
            step == 1 ? expected : (2 * 3 * -Math.log(0.2) + 2 * -Math.log(0.8)) / (2 * 3 + 2);
        float value = loss.of(logits, List.of(sampled), SIZE, SIZE).getFloat();
        assertThat((double) value).isCloseTo(wanted, within(1e-6));
      }
    }
  }

  @Test
  void isZeroWithoutALabelledPixel() {
    try (NDManager manager = NDManager.newBaseManager()) {
      byte[] labels = new byte[SIZE * SIZE];
      java.util.Arrays.fill(labels, (byte) 255);

      NDArray loss =
          new PixelCrossEntropy(2, List.of(), 1)
              .of(constantLogits(manager, SIZE, 1, 2), List.of(labels), SIZE, SIZE);

      assertThat(loss.getFloat()).isZero();
    }
  }

  @Test
  void refusesLabelsOutsideTheClasses() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PixelCrossEntropy loss = new PixelCrossEntropy(2, List.of(), 1);
      NDArray logits = constantLogits(manager, SIZE, 1, 2);
      byte[] labels = new byte[SIZE * SIZE];
      labels[5] = 2;

      assertThatThrownBy(() -> loss.of(logits, List.of(labels), SIZE, SIZE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label 2");
      assertThatThrownBy(() -> loss.of(logits, List.of(new byte[3]), SIZE, SIZE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("64 bytes, not 3");
    }
  }

  /** Class 0 in the left half of the image, 1 in the right. */
  private static byte[] alternating() {
    byte[] labels = new byte[SIZE * SIZE];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      labels[pixel] = (byte) (pixel % SIZE < SIZE / 2 ? 0 : 1);
    }
    return labels;
  }

  private static NDArray constantLogits(NDManager manager, int side, double first, double second) {
    int pixels = side * side;
    float[] values = new float[2 * pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      values[pixel] = (float) first;
      values[pixels + pixel] = (float) second;
    }
    return manager.create(values, new Shape(1, 2, side, side));
  }
}
