package io.videottt.catalog.miniature;

import io.videottt.catalog.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/** Writes pictures and maps of labels as image files. */
final class PictureFiles {

  private PictureFiles() {}

  /** Writes a colour image, as PNG or JPEG as its name says. */
  static void writeColour(Path file, RgbImage image) throws IOException {
    byte[] pixels = image.pixels();
    writeColour(
        file,
        image.height(),
        image.width(),
        pixel ->
            (pixels[3 * pixel] & 0xff) << 16
                | (pixels[3 * pixel + 1] & 0xff) << 8
                | pixels[3 * pixel + 2] & 0xff);
  }

  /**
   * Writes an image of three channels.
   *
   * @param colours of a pixel, counted row by row: 65536 red + 256 green + blue
   */
  static void writeColour(Path file, int height, int width, IntUnaryOperator colours)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < height * width; pixel++) {
      image.setRGB(pixel % width, pixel / width, colours.applyAsInt(pixel));
    }
    write(file, image);
  }

  /**
   * Writes an image of one channel.
   *
   * @param values of a pixel, counted row by row: 0 to 255
   */
  static void writeGray(Path file, int height, int width, IntUnaryOperator values)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int pixel = 0; pixel < height * width; pixel++) {
      image.getRaster().setSample(pixel % width, pixel / width, 0, values.applyAsInt(pixel));
    }
    write(file, image);
  }

  private static void write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
      throw new IOException(file + ": no writer for such images");
    }
  }
}
