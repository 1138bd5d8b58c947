package io.videottt.jobs.drawing;

import io.videottt.catalog.image.RgbImage;
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

  /** Half of each of two colours 0xRRGGBB, fractions cut off. */
  static int mixed(int one, int other) {
    int red = ((one >> 16 & 0xff) + (other >> 16 & 0xff)) / 2;
    int green = ((one >> 8 & 0xff) + (other >> 8 & 0xff)) / 2;
    int blue = ((one & 0xff) + (other & 0xff)) / 2;
    return red << 16 | green << 8 | blue;
  }
}
