package io.videottt.catalog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private static final LabelEncoding SINGLE = LabelEncoding.SINGLE_CHANNEL;

  @Test
  void pngColoursAreExact() {
    BufferedImage picture = TestImages.colour(5, 3, (x, y) -> x * 40 << 16 | y * 70 << 8 | 17);
    RgbImage image = ImageDecoder.decodeColour(TestImages.bytes(picture, "png"), "a.png");
    assertThat(image.height()).isEqualTo(3);
    assertThat(image.width()).isEqualTo(5);
    assertThat(pixel(image, 2, 4)).containsExactly(160, 140, 17);
    assertThat(pixel(image, 0, 0)).containsExactly(0, 0, 17);
  }

  @Test
  void transparencyIsDropped() {
    BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(1, 0, 0x80102030);
    RgbImage image = ImageDecoder.decodeColour(TestImages.bytes(picture, "png"), "a.png");
    assertThat(pixel(image, 0, 1)).containsExactly(0x10, 0x20, 0x30);
  }

  @Test
  void jpegColoursAreClose() {
    BufferedImage picture = TestImages.colour(16, 16, (x, y) -> 0xc02040);
    RgbImage image = ImageDecoder.decodeColour(TestImages.bytes(picture, "jpg"), "a.jpg");
    int[] pixel = pixel(image, 8, 8);
    assertThat(pixel[0]).isCloseTo(0xc0, within(4));
    assertThat(pixel[1]).isCloseTo(0x20, within(4));
    assertThat(pixel[2]).isCloseTo(0x40, within(4));
  }

  @Test
  void grayBecomesThreeEqualChannelsOfTheStoredValue() {
    byte[] bytes = TestImages.bytes(TestImages.gray(4, 4, (x, y) -> 10 * x), "png");
    RgbImage image = ImageDecoder.decodeColour(bytes, "a.png");
    assertThat(pixel(image, 1, 3)).containsExactly(30, 30, 30);
  }

  @Test
  void grayIdsAreReadRaw() {
    byte[] bytes = TestImages.bytes(TestImages.gray(20, 13, (x, y) -> x * 13 + y), "png");
    LabelMap map = ImageDecoder.decodeLabels(bytes, "a.png", SINGLE);
    assertThat(map.height()).isEqualTo(13);
    for (int i = 0; i < 260; i++) {
      assertThat(map.labels()[i] & 0xff).isEqualTo(Math.floorMod(i % 20 * 13 + i / 20, 256));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void paletteIndicesAreReadRaw(int bits) {
    int size = 1 << bits;
    BufferedImage picture = TestImages.palette(bits, 11, 5, (x, y) -> (x + 3 * y) % size);
    byte[] bytes = TestImages.bytes(picture, "png");
    LabelMap map = ImageDecoder.decodeLabels(bytes, "a.png", SINGLE);
    for (int i = 0; i < 55; i++) {
      assertThat(map.labels()[i] & 0xff).isEqualTo((i % 11 + 3 * (i / 11)) % size);
    }
  }

  @Test
  void redChannelHoldsTheClassOfPanopticMaps() {
    BufferedImage picture = TestImages.colour(4, 2, (x, y) -> (10 + x) << 16 | 0x1234);
    LabelMap map =
        ImageDecoder.decodeLabels(
            TestImages.bytes(picture, "png"), "a.png", LabelEncoding.RED_CHANNEL);
    assertThat(map.labels()).containsExactly(10, 11, 12, 13, 10, 11, 12, 13);
  }

  @Test
  void wideIdsAreReadWhereTheyFitAndRefusedWhereNot() {
    BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    picture.getRaster().setSample(1, 0, 0, 7);
    byte[] small = TestImages.bytes(picture, "png");
    assertThat(ImageDecoder.decodeLabels(small, "a.png", SINGLE).labels()).containsExactly(0, 7, 0);
    picture.getRaster().setSample(2, 0, 0, 300);
    byte[] large = TestImages.bytes(picture, "png");
    assertThatThrownBy(() -> ImageDecoder.decodeLabels(large, "a.png", SINGLE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.png: label id 300 at row 0, column 2, expected at most 255");
  }

  @Test
  void labelsWithTheWrongChannelsAreRefused() {
    byte[] colour = TestImages.bytes(TestImages.colour(2, 2, (x, y) -> 0), "png");
    byte[] gray = TestImages.bytes(TestImages.gray(2, 2, (x, y) -> 0), "png");
    assertThatThrownBy(() -> ImageDecoder.decodeLabels(colour, "c.png", SINGLE))
        .hasMessage("c.png: has 3 channels, expected one (gray or palette)");
    assertThatThrownBy(() -> ImageDecoder.decodeLabels(gray, "g.png", LabelEncoding.RED_CHANNEL))
        .hasMessage("g.png: has 1 channels, expected red, green, blue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void aFileCutOffAnywhereIsRefused(String format) {
    Random random = new Random(2);
    BufferedImage picture = TestImages.colour(40, 30, (x, y) -> random.nextInt(1 << 24));
    byte[] bytes = TestImages.bytes(picture, format);
    for (int length = 0; length < bytes.length; length += 1 + length / 40) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ImageDecoder.decodeColour(cut, "cut." + format))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cut." + format);
    }
  }

  @Test
  void anEmbeddedPreviewDoesNotHideThatAJpegIsCutOff() {
    BufferedImage picture = TestImages.colour(40, 30, (x, y) -> x * y * 977);
    byte[] bytes = TestImages.bytes(picture, "jpg");
    byte[] preview = TestImages.bytes(TestImages.colour(4, 4, (x, y) -> 0), "jpg");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(bytes, 0, 2);
    file.write(0xff);
    file.write(0xe5);
    file.write(preview.length + 2 >> 8);
    file.write(preview.length + 2 & 0xff);
    file.writeBytes(preview);
    file.write(bytes, 2, bytes.length - 2);
    byte[] whole = file.toByteArray();
    assertThat(ImageDecoder.decodeColour(whole, "a.jpg").width()).isEqualTo(40);
    byte[] cut = Arrays.copyOf(whole, whole.length - 200);
    assertThatThrownBy(() -> ImageDecoder.decodeColour(cut, "a.jpg"))
        .hasMessageContaining("a.jpg: the image is cut off");
  }

  @Test
  void aFlippedByteInPngDataIsFound() {
    byte[] bytes = TestImages.bytes(TestImages.colour(30, 30, (x, y) -> x * y), "png");
    bytes[bytes.length / 2] ^= 1;
    assertThatThrownBy(() -> ImageDecoder.decodeColour(bytes, "a.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.png: the image is damaged");
  }

  @Test
  void pixelDataThatEndsTooEarlyIsRefusedThoughTheFileIsWhole() {
    byte[] half = png(64, 64, deflated(64 / 2 * 65));
    assertThatThrownBy(() -> ImageDecoder.decodeLabels(half, "a.png", SINGLE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.png");
    byte[] whole = png(64, 64, deflated(64 * 65));
    assertThat(ImageDecoder.decodeLabels(whole, "a.png", SINGLE).labels()).containsOnly(0);
  }

  @Test
  void anImageThatClaimsToBeHugeIsRefusedBeforeItIsDecoded() {
    byte[] bomb = png(60_000, 60_000, deflated(10));
    assertThatThrownBy(() -> ImageDecoder.decodeColour(bomb, "bomb.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("bomb.png: 60000 x 60000 pixels, at most 64 megapixels are read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "''                 | ': the file is empty; copy it again'",
        "abc                | -",
        "GIF89a------------ | ' but a GIF image; convert it to PNG'",
        "RIFFsizeWEBPVP8    | ' but a WebP image; convert it to PNG'",
        "BM----             | ' but a BMP image; convert it to PNG'",
        "....ftypheic....   | ' but a HEIC image; convert it to PNG'",
        "....ftypavif....   | ' but an AVIF image; convert it to PNG'",
        "....ftypisom....   | ' but an MP4 or QuickTime video; save its frames as images'",
        "version https://git-lfs.github.com/spec/v1 | ' but a pointer of Git LFS; run git lfs"
            + " pull'",
      })
  void otherFilesAreRefusedByName(String start, String instead) {
    byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ImageDecoder.decodeColour(bytes, "x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("x: not a PNG or JPEG image" + (instead == null ? "" : instead));
  }

  @Test
  void labelsStoredAsJpegAreRefused() {
    byte[] bytes = TestImages.bytes(TestImages.gray(8, 8, (x, y) -> 3), "jpg");
    assertThatThrownBy(() -> ImageDecoder.decodeLabels(bytes, "l.jpg", SINGLE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("l.jpg: a JPEG image, whose compression changes ids; store labels as PNG");
  }

  @Test
  void labelsOfFewBitsKeepTheirIdsWhereColoursAreSpread() {
    byte[] bytes = png(4, 1, 2, deflated(new byte[] {0, 0b00011011}));
    assertThat(ImageDecoder.decodeLabels(bytes, "l.png", SINGLE).labels())
        .containsExactly(0, 1, 2, 3);
    RgbImage image = ImageDecoder.decodeColour(bytes, "l.png");
    assertThat(pixel(image, 0, 1)).containsExactly(85, 85, 85);
    assertThat(pixel(image, 0, 3)).containsExactly(255, 255, 255);
  }

  @Test
  void whatIsPackedIntoTextsAndProfilesIsNeverUnpacked() {
    byte[] zeros = deflated(64 << 20);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] plain = png(64, 64, deflated(64 * 65));
    int header = 8 + 25;
    file.write(plain, 0, header);
    for (String type : List.of("zTXt", "iCCP", "iTXt")) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes(new byte[] {'a', 0, 0});
      data.writeBytes(zeros);
      chunk(file, type, data.toByteArray());
    }
    file.write(plain, header, plain.length - header);
    PngFile parsed = PngFile.parse(file.toByteArray(), "a.png");
    assertThat(parsed.essential()).isEqualTo(plain);
    assertThat(ImageDecoder.decodeColour(file.toByteArray(), "a.png").pixels()).containsOnly(0);
  }

  @Test
  void anUnknownCriticalChunkIsRefused() {
    byte[] plain = png(64, 64, deflated(64 * 65));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 8);
    chunk(file, "CgBI", new byte[4]);
    file.write(plain, 8, plain.length - 8);
    assertThatThrownBy(() -> ImageDecoder.decodeColour(file.toByteArray(), "a.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.png: the image is damaged: it begins with a CgBI chunk");
  }

  @Test
  void randomDamageNeverEscapesAsAnotherException() {
    Random random = new Random(9);
    for (String format : new String[] {"png", "jpg"}) {
      byte[] bytes = TestImages.bytes(TestImages.colour(20, 20, (x, y) -> x * y), format);
      for (int trial = 0; trial < 300; trial++) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i < 3; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          ImageDecoder.decodeColour(damaged, "damaged");
        } catch (InvalidInputException e) {
          assertThat(e).hasMessageStartingWith("damaged: ");
        }
      }
    }
  }

  private static int[] pixel(RgbImage image, int row, int column) {
    int index = (row * image.width() + column) * 3;
    byte[] pixels = image.pixels();
    return new int[] {pixels[index] & 0xff, pixels[index + 1] & 0xff, pixels[index + 2] & 0xff};
  }

  /** An 8-bit gray PNG with correct checksums around any compressed data. */
  private static byte[] png(int width, int height, byte[] compressed) {
    return png(width, height, 8, compressed);
  }

  private static byte[] png(int width, int height, int bits, byte[] compressed) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits);
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", compressed);
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    CRC32 checksum = new CRC32();
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    checksum.update(name);
    checksum.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  private static byte[] deflated(int zeros) {
    return deflated(new byte[zeros]);
  }

  private static byte[] deflated(byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes)) {
      stream.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
