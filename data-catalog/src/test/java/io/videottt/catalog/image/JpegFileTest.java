package io.videottt.catalog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegFileTest {

  private static BufferedImage noise(int width, int height) {
    Random random = new Random(width);
    return TestImages.colour(width, height, (x, y) -> random.nextInt(1 << 24));
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> ImageDecoder.decodeColour(bytes, "a.jpg"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.jpg: " + message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 17, 64, 131})
  void ordinaryFilesHaveThePixelsOfTheJdkToTheLastBit(int width) throws IOException {
    BufferedImage picture = noise(width, 37);
    for (byte[] bytes :
        new byte[][] {TestImages.bytes(picture, "jpg"), TestJpeg.progressive(picture)}) {
      BufferedImage expected = ImageIO.read(new ByteArrayInputStream(bytes));
      RgbImage image = ImageDecoder.decodeColour(bytes, "a.jpg");
      for (int i = 0; i < width * 37; i++) {
        int rgb = expected.getRGB(i % width, i / width);
        assertThat(image.pixels()[3 * i]).isEqualTo((byte) (rgb >> 16));
        assertThat(image.pixels()[3 * i + 1]).isEqualTo((byte) (rgb >> 8));
        assertThat(image.pixels()[3 * i + 2]).isEqualTo((byte) rgb);
      }
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void case26ManyScansOfManyPixelsAreRefusedBeforeTheyAreDecoded() {
    TestJpeg bomb = new TestJpeg().frame(0xc2, 8, 8192, 8192, 1);
    for (int i = 0; i < 400; i++) {
      bomb.scan();
    }
    assertRefused(
        bomb.end(),
        "more than 24 scans of 8192 x 8192 pixels would take too long; save the image again");
  }

  @Test
  void moreScansThanAnyProgramWritesAreRefusedHoweverSmallTheImage() {
    TestJpeg bomb = new TestJpeg().frame(0xc2, 8, 8, 8, 1);
    for (int i = 0; i < 501; i++) {
      bomb.scan();
    }
    assertRefused(
        bomb.end(),
        "more than 500 scans of 8 x 8 pixels would take too long; save the image again");
  }

  @Test
  void tooManyPixelsAreRefusedBeforeTheyAreDecoded() {
    assertRefused(
        new TestJpeg().frame(0xc0, 8, 60_000, 60_000, 3).scan().end(),
        "60000 x 60000 pixels, at most 64 megapixels are read");
  }

  @ParameterizedTest
  @CsvSource({
    "0xc9, 8, 3, arithmetic coding",
    "0xca, 8, 3, arithmetic coding",
    "0xc3, 8, 3, lossless coding",
    "0xf7, 8, 3, JPEG-LS coding",
    "0xc5, 8, 3, coding process 0xc5",
    "0xc1, 12, 1, 12 bits per sample",
    "0xc0, 8, 2, 2 components",
    "0xc0, 8, 5, 5 components",
  })
  void kindsThatAreNotReadAreRefusedByName(String marker, int bits, int components, String kind) {
    byte[] bytes =
        new TestJpeg().frame(Integer.decode(marker), bits, 8, 8, components).scan().end();
    assertRefused(
        bytes, "a JPEG image with %s, which is not read; convert it to PNG".formatted(kind));
  }

  @Test
  void brokenStructureIsNamed() {
    assertRefused(
        new TestJpeg().frame(0xc0, 8, 8, 8, 1).end(),
        "the image is damaged: it ends before its pixels");
    assertRefused(
        new TestJpeg().scan().end(), "the image is damaged: a scan before the frame header");
    assertRefused(
        new TestJpeg().frame(0xc0, 8, 8, 8, 1).frame(0xc0, 8, 8, 8, 1).scan().end(),
        "the image is damaged: a second frame header");
    assertRefused(
        new TestJpeg().frame(0xc0, 8, 0, 8, 1).scan().end(),
        "a JPEG image with the number of rows after the first scan, which is not read; convert it"
            + " to PNG");
    assertRefused(
        new TestJpeg().frame(0xc0, 8, 8, 0, 1).scan().end(), "0 x 8 pixels, which is no image");
  }

  /** The end marker is there, the data are not: what a camera leaves that lost power. */
  @Test
  void dataThatEndTooEarlyAreRefusedThoughTheEndMarkerIsThere() {
    BufferedImage picture = noise(40, 30);
    byte[] sequential = TestImages.bytes(picture, "jpg");
    for (int length = sequential.length / 2; length < sequential.length - 20; length += 7) {
      byte[] cut = Arrays.copyOf(sequential, length + 2);
      cut[length - 1] = 0x55;
      cut[length] = (byte) 0xff;
      cut[length + 1] = (byte) 0xd9;
      assertThatThrownBy(() -> ImageDecoder.decodeColour(cut, "a.jpg"))
          .as("%d of %d bytes", length, sequential.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("a.jpg: the image is damaged: Corrupt JPEG data: premature end");
    }
  }

  @Test
  void damageIsFoundThoughStrayBytesAreTheFirstThingToWarnOf() {
    byte[] bytes = resource("stray-between-scans.jpg");
    int end = bytes.length - 2;
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 12);
    System.arraycopy(bytes, end, cut, cut.length - 2, 2);
    assertThatThrownBy(() -> ImageDecoder.decodeColour(cut, "a.jpg"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.jpg: the image is damaged: premature end of data");
  }

  @Test
  void aMissingRestartMarkerIsFoundThoughStrayBytesComeFirst() {
    byte[] bytes = resource("stray-before-restarts.jpg");
    for (int i = bytes.length - 3; ; i--) {
      if ((bytes[i] & 0xff) == 0xff && (bytes[i + 1] & 0xf8) == 0xd0) {
        bytes[i + 1] ^= 1;
        break;
      }
    }
    assertThatThrownBy(() -> ImageDecoder.decodeColour(bytes, "a.jpg"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.jpg: the image is damaged: a restart marker is missing");
  }

  @Test
  void randomDamageToEveryKindOfFileIsRefusedOrReadNeverMore() {
    Random random = new Random(4);
    for (String name :
        new String[] {
          "rgb-progressive.jpg",
          "stray-before-restarts.jpg",
          "stray-between-scans.jpg",
          "cmyk-progressive.jpg",
          "turned-6.jpg",
          "rgb-motion.jpg",
          "rgba16-interlaced.png",
          "palette8-of-40.png",
          "rgb8-turned.png"
        }) {
      byte[] bytes = resource(name);
      for (int trial = 0; trial < 300; trial++) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i < 1 + trial % 4; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          ImageDecoder.decodeColour(damaged, "damaged");
        } catch (InvalidInputException e) {
          assertThat(e).hasMessageStartingWith("damaged: ").hasMessageNotContaining("null");
          assertThat(e.getMessage().lines()).hasSize(1);
        }
      }
    }
  }

  private static byte[] resource(String name) {
    return PicturesTest.resource(name);
  }
}
