package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolygonMaskTest {

  @Test
  void aRectangleCoversThePixelsThatTheCocoToolsGiveIt() {
    RunLengthMask mask = PolygonMask.of(8, 9, List.of(new double[] {1, 1, 5, 1, 5, 4, 1, 4}));
    boolean[] pixels = mask.toPixels();
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 9; x++) {
        assertThat(pixels[y * 9 + x]).isEqualTo(y >= 1 && y <= 3 && x >= 1 && x <= 4);
      }
    }
  }

  @Test
  void whatLiesOutsideIsCutOff() {
    double[] around = {-100, -100, 100, -100, 100, 100, -100, 100};
    assertThat(PolygonMask.of(5, 4, List.of(around)).area()).isEqualTo(20);
    double[] beside = {50, 50, 60, 50, 60, 60};
    assertThat(PolygonMask.of(5, 4, List.of(beside)).area()).isZero();
  }

  @Test
  void overlappingPolygonsAreUnited() {
    double[] left = {0, 0, 4, 0, 4, 4, 0, 4};
    double[] right = {2, 0, 6, 0, 6, 4, 2, 4};
    long one = PolygonMask.of(10, 10, List.of(left)).area();
    assertThat(PolygonMask.of(10, 10, List.of(left, left)).area()).isEqualTo(one);
    assertThat(PolygonMask.of(10, 10, List.of(left, right)).area()).isEqualTo(one * 3 / 2);
  }

  @Test
  void malformedPolygonsAreRefused() {
    refused(List.of(), "no polygon");
    refused(List.of(new double[] {1, 1, 2, 2}), "4 coordinates, expected an even number from 6 on");
    refused(List.of(new double[7]), "7 coordinates");
    refused(List.of(new double[] {0, 0, Double.NaN, 1, 2, 2}), "NaN");
    refused(List.of(new double[] {0, 0, 1e300, 1, 2, 2}), "1.0E300");
    double[] zigzag = IntStream.range(0, 200).mapToDouble(i -> i % 4 < 2 ? -5e6 : 5e6).toArray();
    refused(List.of(zigzag), "far outside");
    assertThatThrownBy(() -> PolygonMask.of(1 << 20, 1 << 20, List.of(new double[6])))
        .isInstanceOf(InvalidInputException.class);
  }

  private static void refused(List<double[]> polygons, String message) {
    assertThatThrownBy(() -> PolygonMask.of(10, 10, polygons))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
