package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunLengthMaskTest {

  @Test
  void runsGoDownTheColumns() {
    boolean[] pixels = {false, true, false, false, true, true};
    RunLengthMask mask = RunLengthMask.of(2, 3, pixels);
    assertThat(mask.counts()).containsExactly(2, 2, 1, 1);
    assertThat(mask.toPixels()).isEqualTo(pixels);
    assertThat(mask.area()).isEqualTo(3);
    assertThat(mask.columns()).containsExactly(1, 3);
  }

  @Test
  void compressedRunsAreCocos() {
    // What the COCO tools write; from the fourth on a run is its difference to the last but one.
    assertThat(RunLengthMask.parse(2, 3, "221O").counts()).containsExactly(2, 2, 1, 1);
    assertThat(RunLengthMask.parse(10, 10, "T3").counts()).containsExactly(100);
    assertThat(new RunLengthMask(2, 3, new int[] {2, 2, 1, 1}).compressed()).isEqualTo("221O");
    assertThat(new RunLengthMask(10, 10, new int[] {100}).compressed()).isEqualTo("T3");
  }

  @Test
  void setOperationsEqualThoseOnPixels() {
    Random random = new Random(8);
    for (int trial = 0; trial < 200; trial++) {
      int height = 1 + random.nextInt(12);
      int width = 1 + random.nextInt(12);
      boolean[] a = pixels(random, height * width);
      boolean[] b = pixels(random, height * width);
      boolean[] either = new boolean[a.length];
      long both = 0;
      for (int i = 0; i < a.length; i++) {
        either[i] = a[i] || b[i];
        both += a[i] && b[i] ? 1 : 0;
      }
      RunLengthMask left = RunLengthMask.of(height, width, a);
      RunLengthMask right = RunLengthMask.of(height, width, b);
      assertThat(left.toPixels()).isEqualTo(a);
      assertThat(RunLengthMask.parse(height, width, left.compressed()).counts())
          .isEqualTo(left.counts());
      assertThat(left.intersection(right)).isEqualTo(both);
      assertThat(RunLengthMask.union(List.of(left, right)).toPixels()).isEqualTo(either);
    }
  }

  @Test
  void emptyAndFullMasks() {
    RunLengthMask empty = RunLengthMask.of(3, 2, new boolean[6]);
    RunLengthMask full = new RunLengthMask(3, 2, new int[] {0, 6});
    assertThat(empty.area()).isZero();
    assertThat(empty.columns()).containsExactly(0, 0);
    assertThat(full.area()).isEqualTo(6);
    assertThat(full.columns()).containsExactly(0, 2);
    assertThat(full.intersection(empty)).isZero();
    assertThat(RunLengthMask.union(List.of(empty, full)).area()).isEqualTo(6);
  }

  @Test
  void runsThatDoNotFillTheImageAreRefused() {
    assertThatThrownBy(() -> new RunLengthMask(2, 2, new int[] {1, 2}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the run lengths sum to 3, expected 4 for 2 x 2 pixels (width x height)");
    assertThatThrownBy(() -> new RunLengthMask(2, 2, new int[] {-1, 5}))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new RunLengthMask(2, 2, new int[0]))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void damagedTextIsRefused() {
    for (String text : List.of("", "o", "ooooooooooooo", "\u00e9", " ", "4X", "T3", "OOOO")) {
      assertThatThrownBy(() -> RunLengthMask.parse(2, 2, text))
          .as(text)
          .isInstanceOf(InvalidInputException.class);
    }
  }

  private static boolean[] pixels(Random random, int size) {
    boolean[] pixels = new boolean[size];
    int share = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      pixels[i] = random.nextInt(4) < share;
    }
    return pixels;
  }
}
