package io.videottt.catalog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageResizeTest {

  @Test
  void anImageOfTheSizeIsReturnedItself() {
    RgbImage image = new RgbImage(2, 3, new byte[18]);
    assertThat(ImageResize.bilinear(image, 2, 3)).isSameAs(image);
    LabelMap map = new LabelMap(2, 3, new byte[6]);
    assertThat(ImageResize.nearest(map, 2, 3)).isSameAs(map);
  }

  @Test
  void oneColourStaysThatColour() {
    byte[] pixels = new byte[7 * 11 * 3];
    Arrays.fill(pixels, (byte) 201);
    for (int[] size : new int[][] {{3, 5}, {14, 22}, {1, 1}, {7, 40}}) {
      RgbImage resized = ImageResize.bilinear(new RgbImage(7, 11, pixels), size[0], size[1]);
      assertThat(resized.pixels()).containsOnly(201);
    }
  }

  @Test
  void halvingWeighsNeighboursAsTheTriangleDoes() {
    // Output 1 of 4 from 8 is centred between sources 2 and 3: weights 1/8, 3/8, 3/8, 1/8.
    byte[] row = new byte[8 * 3];
    int[] values = {10, 20, 40, 80, 160, 200, 220, 240};
    for (int i = 0; i < 8; i++) {
      row[3 * i] = (byte) values[i];
    }
    RgbImage resized = ImageResize.bilinear(new RgbImage(1, 8, row), 1, 4);
    int expected = (20 + 3 * 40 + 3 * 80 + 160 + 4) / 8;
    assertThat(resized.pixels()[3] & 0xff).isEqualTo(expected);
    assertThat(resized.pixels()[4]).isZero();
  }

  @Test
  void enlargingInterpolatesBetweenHalfPixelCentres() {
    RgbImage image = new RgbImage(1, 2, new byte[] {0, 0, 0, 100, 0, 0});
    RgbImage resized = ImageResize.bilinear(image, 1, 4);
    assertThat(IntStream.of(0, 3, 6, 9).map(i -> resized.pixels()[i] & 0xff))
        .containsExactly(0, 25, 75, 100);
  }

  @Test
  void shrinkingKeepsTheMeanOfNoise() {
    Random random = new Random(1);
    byte[] pixels = new byte[64 * 64 * 3];
    random.nextBytes(pixels);
    RgbImage image = new RgbImage(64, 64, pixels);
    assertThat(mean(ImageResize.bilinear(image, 8, 8))).isCloseTo(mean(image), within(3.0));
  }

  @Test
  void labelsAreCopiedNeverMixed() {
    LabelMap map = new LabelMap(2, 4, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(ImageResize.nearest(map, 1, 2).labels()).containsExactly(6, 8);
    assertThat(ImageResize.nearest(map, 4, 4).labels())
        .containsExactly(1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8);
  }

  @Test
  void emptySizesAreRefused() {
    RgbImage image = new RgbImage(1, 1, new byte[3]);
    assertThatThrownBy(() -> ImageResize.bilinear(image, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double mean(RgbImage image) {
    long sum = 0;
    for (byte value : image.pixels()) {
      sum += value & 0xff;
    }
    return (double) sum / image.pixels().length;
  }
}
