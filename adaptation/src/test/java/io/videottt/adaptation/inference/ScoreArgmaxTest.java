package io.videottt.adaptation.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.model.tensor.NativeArrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreArgmaxTest {

  @Test
  void sameSizeIsThePlainArgmax() {
    float[] scores = {1, 5, 2, 2, 3, 4, 2, 1};
    assertThat(ScoreArgmax.of(scores, 2, 2, 2, 2, 2)).containsExactly(1, 0, 0, 0);
  }

  @Test
  void lowerClassWinsTies() {
    assertThat(ScoreArgmax.of(new float[] {1, 1, 1}, 3, 1, 1, 2, 2)).containsOnly(0);
  }

  @Test
  void equalsResizingFirst() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 30; trial++) {
      int classes = random.nextInt(1, 6);
      int height = random.nextInt(1, 9);
      int width = random.nextInt(1, 9);
      int rows = random.nextInt(1, 20);
      int columns = random.nextInt(1, 20);
      float[] scores = new float[classes * height * width];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) random.nextDouble(-5, 5);
      }
      byte[] labels = ScoreArgmax.of(scores, classes, height, width, rows, columns);
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          double best = Double.NEGATIVE_INFINITY;
          for (int label = 0; label < classes; label++) {
            best = Math.max(best, at(scores, label, height, width, y, x, rows, columns));
          }
          double chosen = at(scores, labels[y * columns + x], height, width, y, x, rows, columns);
          assertThat(chosen).isGreaterThan(best - 1e-5);
        }
      }
    }
  }

  @Test
  void aDeviceFindsTheSameClassesBitForBit() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 60; trial++) {
      int classes = random.nextInt(1, 20);
      int height = random.nextInt(1, 30);
      int width = random.nextInt(1, 30);
      int rows = trial % 3 == 0 ? height : random.nextInt(1, 60);
      int columns = trial % 3 == 0 ? width : random.nextInt(1, 60);
      // Few values, so that many are equal.
      float[] scores = new float[classes * height * width];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = trial % 2 == 0 ? random.nextInt(3) : (float) random.nextDouble(-5, 5);
      }
      assertThat(onDevice(scores, classes, height, width, rows, columns))
          .as("trial %d", trial)
          .isEqualTo(ScoreArgmax.of(scores, classes, height, width, rows, columns));
    }
  }

  @Test
  void aDeviceTellsScoresThatAreNotFinite() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> onDevice(new float[] {1, 2, wrong, 4}, 2, 1, 2, 4, 4))
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("not finite");
    }
  }

  private static byte[] onDevice(
      float[] scores, int classes, int height, int width, int rows, int columns) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray tensor = NativeArrays.of(manager, scores, new Shape(1, classes, height, width));
      return ScoreArgmax.onDevice(tensor, rows, columns);
    }
  }

  private static double at(
      float[] scores, int label, int height, int width, int y, int x, int rows, int columns) {
    double down = Math.max(0, Math.min(height - 1, (y + 0.5) * height / rows - 0.5));
    double across = Math.max(0, Math.min(width - 1, (x + 0.5) * width / columns - 0.5));
    int top = (int) down;
    int left = (int) across;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    int start = label * height * width;
    double upper =
        scores[start + top * width + left] * (1 - across + left)
            + scores[start + top * width + right] * (across - left);
    double lower =
        scores[start + bottom * width + left] * (1 - across + left)
            + scores[start + bottom * width + right] * (across - left);
    return upper * (1 - down + top) + lower * (down - top);
  }
}
