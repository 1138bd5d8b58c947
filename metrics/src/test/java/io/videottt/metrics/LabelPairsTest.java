package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelPairsTest {

  @Test
  void countsEveryPairOfTwoMapsWhateverTheirRunsAndSizes() {
    Random random = new Random(8);
    for (int trial = 0; trial < 60; trial++) {
      int size = random.nextInt(3000);
      int longestRun = 1 + random.nextInt(60);
      byte[] left = runs(random, size, longestRun);
      byte[] right = random.nextBoolean() ? runs(random, size, longestRun) : left.clone();
      int[] expected = new int[1 << 16];
      for (int i = 0; i < size; i++) {
        expected[LabelPairs.index(left[i] & 0xff, right[i] & 0xff)]++;
      }
      assertThat(LabelPairs.count(left, right)).isEqualTo(expected);
    }
  }

  private static byte[] runs(Random random, int size, int longest) {
    byte[] labels = new byte[size];
    for (int start = 0; start < size; ) {
      int end = Math.min(size, start + 1 + random.nextInt(longest));
      Arrays.fill(labels, start, end, (byte) random.nextInt(256));
      start = end;
    }
    return labels;
  }
}
