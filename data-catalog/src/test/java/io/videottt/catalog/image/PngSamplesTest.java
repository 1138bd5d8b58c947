package io.videottt.catalog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is unpacked here, held to the JDK's own reader. */
class PngSamplesTest {

  private record Kind(int colour, int channels, int bits, boolean interlaced) {}

  static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    int[][] colours = {{0, 1}, {2, 3}, {3, 1}, {4, 2}, {6, 4}};
    for (int[] colour : colours) {
      for (int bits : new int[] {1, 2, 4, 8, 16}) {
        boolean allowed =
            switch (colour[0]) {
              case 0 -> true;
              case 3 -> bits <= 8;
              default -> bits >= 8;
            };
        if (allowed) {
          kinds.add(new Kind(colour[0], colour[1], bits, false));
          kinds.add(new Kind(colour[0], colour[1], bits, true));
        }
      }
    }
    return kinds;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfImageHasTheSamplesOfTheJdksReader(Kind kind) {
    Random random = new Random(kind.hashCode());
    for (int[] size : new int[][] {{1, 1}, {3, 2}, {5, 9}, {67, 40}, {9, 1}, {300, 70}}) {
      // Few differences, as maps of labels have, and many, as photographs have.
      for (int share : new int[] {2, 60, 100}) {
        byte[] bytes = random(kind, size[0], size[1], share, random);
        PngSamples samples = PngSamples.decode(PngFile.parse(bytes, "a.png"), "a.png");
        Raster expected = jdk(bytes);
        assertThat(samples.channels()).isEqualTo(expected.getNumBands());
        for (int pixel = 0; pixel < size[0] * size[1]; pixel++) {
          for (int channel = 0; channel < kind.channels(); channel++) {
            assertThat(samples.at(pixel, channel))
                .isEqualTo(expected.getSample(pixel % size[0], pixel / size[0], channel));
          }
        }
      }
    }
  }

  @Test
  void aFilterThatThereIsNotIsRefusedByName() {
    byte[] bytes = png(new Kind(0, 1, 8, false), 2, 2, new byte[] {0, 1, 2, 7, 1, 2});
    assertThatThrownBy(() -> PngSamples.decode(PngFile.parse(bytes, "a.png"), "a.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.png: the image cannot be decoded: unknown filter 7");
  }

  @Test
  void aHeaderThatPromisesMoreThanTheDataCanHoldIsRefusedBeforeMemoryIsTaken() {
    byte[] bytes = png(new Kind(6, 4, 16, false), 8000, 8000, new byte[100]);
    assertThatThrownBy(() -> PngSamples.decode(PngFile.parse(bytes, "a.png"), "a.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.png: the image cannot be decoded: its pixel data ends too early");
  }

  /** Rows of random filters, most of whose bytes are 0. */
  private static byte[] random(Kind kind, int width, int height, int share, Random random) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    int[][] passes =
        kind.interlaced()
            ? new int[][] {
              {0, 0, 8, 8},
              {4, 0, 8, 8},
              {0, 4, 4, 8},
              {2, 0, 4, 4},
              {0, 2, 2, 4},
              {1, 0, 2, 2},
              {0, 1, 1, 2}
            }
            : new int[][] {{0, 0, 1, 1}};
    for (int[] pass : passes) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      int lines = (height - pass[1] + pass[3] - 1) / pass[3];
      int bytes = (columns * kind.channels() * kind.bits() + 7) / 8;
      for (int y = 0; y < lines && columns > 0; y++) {
        rows.write(random.nextInt(5));
        for (int i = 0; i < bytes; i++) {
          rows.write(random.nextInt(100) < share ? random.nextInt(256) : 0);
        }
      }
    }
    return png(kind, width, height, rows.toByteArray());
  }

  private static byte[] png(Kind kind, int width, int height, byte[] rows) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(packed)) {
      stream.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) kind.bits())
            .put((byte) kind.colour());
    header.put(12, (byte) (kind.interlaced() ? 1 : 0));
    chunk(file, "IHDR", header.array());
    if (kind.colour() == 3) {
      chunk(file, "PLTE", new byte[3 << kind.bits()]);
    }
    // Files of one chunk are the exception.
    byte[] data = packed.toByteArray();
    int half = data.length / 2;
    chunk(file, "IDAT", Arrays.copyOf(data, half));
    chunk(file, "IDAT", new byte[0]);
    chunk(file, "IDAT", Arrays.copyOfRange(data, half, data.length));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, data.length + 4);
    file.writeBytes(chunk.putInt((int) checksum.getValue()).array());
  }

  private static Raster jdk(byte[] bytes) {
    ImageReader reader = JdkImageReaders.of("png");
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      return reader.read(0).getRaster();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reader.dispose();
    }
  }
}
