package io.videottt.catalog.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Small image files that tests write. */
public final class TestImages {

  private TestImages() {}

  /** A colour image; the operator gives 0xRRGGBB from column and row. */
  public static BufferedImage colour(int width, int height, IntBinaryOperator pixel) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, pixel.applyAsInt(x, y));
      }
    }
    return image;
  }

  /** A gray image of raw ids. */
  public static BufferedImage gray(int width, int height, IntBinaryOperator id) {
    return raw(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), id);
  }

  /** A palette image of raw ids; the palette's colours say nothing about the ids. */
  static BufferedImage palette(int bits, int width, int height, IntBinaryOperator id) {
    int size = 1 << bits;
    byte[] ramp = new byte[size];
    for (int i = 0; i < size; i++) {
      ramp[i] = (byte) (200 - i);
    }
    IndexColorModel palette = new IndexColorModel(bits, size, ramp, ramp, ramp);
    int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    return raw(new BufferedImage(width, height, type, palette), id);
  }

  private static BufferedImage raw(BufferedImage image, IntBinaryOperator id) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, id.applyAsInt(x, y));
      }
    }
    return image;
  }

  public static byte[] bytes(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a file and the folders above it. */
  public static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void writeColour(Path file, int width, int height) {
    String name = file.getFileName().toString();
    String format = name.endsWith(".jpg") ? "jpg" : "png";
    write(file, bytes(colour(width, height, (x, y) -> x * 7 << 16 | y * 5 << 8 | 90), format));
  }

  public static void writeGray(Path file, int width, int height, IntBinaryOperator id) {
    write(file, bytes(gray(width, height, id), "png"));
  }
}
