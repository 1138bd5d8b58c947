package io.videottt.jobs.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexedPngTest {

  private static final int BIT_DEPTH = 24;
  private static final int COLOUR_TYPE = 25;
  private static final int PALETTE = 3;
  private static final int RED_GREEN_BLUE = 2;

  /** So many colours, spread over a picture of an odd width. */
  private static BufferedImage picture(int colours) {
    BufferedImage picture = new BufferedImage(37, 23, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 37 * 23; i++) {
      picture.setRGB(i % 37, i / 37, 0x010203 + i % colours * 0x00f1a5);
    }
    return picture;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 4", "16, 4", "17, 8", "256, 8"})
  void everyPixelComesBackFromThePaletteWithTheFewestBits(int colours, int bits)
      throws IOException {
    BufferedImage drawn = picture(colours);

    byte[] file = IndexedPng.of(drawn);

    assertThat(file[COLOUR_TYPE]).isEqualTo((byte) PALETTE);
    assertThat(file[BIT_DEPTH]).isEqualTo((byte) bits);
    assertThat(pixels(ImageIO.read(new ByteArrayInputStream(file)))).isEqualTo(pixels(drawn));
  }

  @ParameterizedTest
  @CsvSource({"257", "800"})
  void moreColoursThanAPaletteHoldsAreKept(int colours) throws IOException {
    BufferedImage drawn = picture(colours);

    byte[] file = IndexedPng.of(drawn);

    assertThat(file[COLOUR_TYPE]).isEqualTo((byte) RED_GREEN_BLUE);
    assertThat(pixels(ImageIO.read(new ByteArrayInputStream(file)))).isEqualTo(pixels(drawn));
  }

  private static int[] pixels(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }
}
