package io.videottt.jobs.drawing;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * The PNG file of a drawn picture, with a palette where the picture has few colours, as maps of
 * classes and segments do: a third to a half of the bytes that three channels take.
 */
final class IndexedPng {

  private static final int MOST_COLOURS = 256;

  /** Best compression: a picture is drawn once and read often. */
  private static final float SMALLEST = 0;

  private IndexedPng() {}

  /**
   * The file of a picture; its pixels come back as they are.
   *
   * @param picture red, green and blue, without transparency
   */
  static byte[] of(BufferedImage picture) {
    return write(indexed(picture).orElse(picture));
  }

  private static Optional<BufferedImage> indexed(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> palette = new LinkedHashMap<>();
    int[] indices = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int next = palette.size();
      indices[i] = palette.computeIfAbsent(pixels[i] & 0xffffff, rgb -> next);
      if (palette.size() > MOST_COLOURS) {
        return Optional.empty();
      }
    }
    int bits = bits(palette.size());
    BufferedImage indexed =
        new BufferedImage(
            width,
            height,
            bits < Byte.SIZE ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED,
            colours(bits, palette));
    indexed.getRaster().setSamples(0, 0, width, height, 0, indices);
    return Optional.of(indexed);
  }

  /** Bits per pixel that PNG knows. */
  private static int bits(int colours) {
    int bits = 1;
    while (1 << bits < colours) {
      bits *= 2;
    }
    return bits;
  }

  private static IndexColorModel colours(int bits, Map<Integer, Integer> palette) {
    byte[] red = new byte[palette.size()];
    byte[] green = new byte[palette.size()];
    byte[] blue = new byte[palette.size()];
    palette.forEach(
        (rgb, index) -> {
          red[index] = (byte) (rgb >> 16);
          green[index] = (byte) (rgb >> 8);
          blue[index] = (byte) (int) rgb;
        });
    return new IndexColorModel(bits, palette.size(), red, green, blue);
  }

  private static byte[] write(BufferedImage picture) {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(picture), "png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(SMALLEST);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be written to memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
