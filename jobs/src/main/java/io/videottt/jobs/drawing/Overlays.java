package io.videottt.jobs.drawing;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** What all overlays have in common. */
public final class Overlays {

  private Overlays() {}

  /** The image to draw on. */
  public static BufferedImage picture(RgbImage image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] pixels = image.pixels();
    for (int i = 0; i < image.height() * image.width(); i++) {
      int rgb =
          (pixels[3 * i] & 0xff) << 16 | (pixels[3 * i + 1] & 0xff) << 8 | pixels[3 * i + 2] & 0xff;
      picture.setRGB(i % image.width(), i / image.width(), rgb);
    }
    return picture;
  }

  /** A picture as an image. */
  public static RgbImage image(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    byte[] pixels = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      pixels[3 * i] = (byte) (rgb[i] >> 16);
      pixels[3 * i + 1] = (byte) (rgb[i] >> 8);
      pixels[3 * i + 2] = (byte) rgb[i];
    }
    return new RgbImage(height, width, pixels);
  }

  /**
   * The classes' colours, half transparent, over the image; pixels of no class stay as they are.
   */
  static BufferedImage classes(RgbImage image, LabelMap labels, ClassColours colours) {
    BufferedImage overlay = picture(image);
    for (int i = 0; i < labels.labels().length; i++) {
      int label = labels.labels()[i] & 0xff;
      if (label != LabelMap.IGNORE) {
        int x = i % image.width();
        int y = i / image.width();
        overlay.setRGB(x, y, mixed(overlay.getRGB(x, y), colours.rgb()[label]));
      }
    }
    return overlay;
  }

  /**
   * The letters of a drawing. Java itself brings none along; where the system has none it fails in
   * several ways.
   *
   * @param what is to be written, for the message
   * @throws InvalidInputException when there are no fonts
   */
  public static FontMetrics letters(Graphics2D graphics, String what) {
    try {
      return graphics.getFontMetrics();
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new InvalidInputException(
          "%s cannot be drawn: this system has no fonts (%s)".formatted(what, e.getMessage())
              + "\ninstall fontconfig and a font, for example DejaVu",
          e);
    }
  }

  /** Half of each of two colours 0xRRGGBB, fractions cut off. */
  static int mixed(int one, int other) {
    int red = ((one >> 16 & 0xff) + (other >> 16 & 0xff)) / 2;
    int green = ((one >> 8 & 0xff) + (other >> 8 & 0xff)) / 2;
    int blue = ((one & 0xff) + (other & 0xff)) / 2;
    return red << 16 | green << 8 | blue;
  }
}
