package io.videottt.jobs.saved;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * The pictures that a video shows beside each other: of one size, whose sides are even, small
 * enough for four of them on a screen, and large enough to be seen.
 */
public final class Panel {

  private static final int WIDEST = 640;
  private static final int NARROWEST = 320;

  /**
   * A size.
   *
   * @param height rows
   * @param width columns
   */
  public record Size(int height, int width) {}

  private Panel() {}

  /** The size of pictures of frames of a size. */
  public static Size size(int height, int width) {
    int wanted = width;
    if (width < NARROWEST) {
      wanted = width * ((NARROWEST + width - 1) / width);
    }
    int columns = even(Math.min(WIDEST, wanted));
    return new Size(even(Math.round((float) height * columns / width)), columns);
  }

  private static int even(int length) {
    return Math.max(2, length / 2 * 2);
  }

  /** A picture in the size of its panel. */
  static BufferedImage scaled(BufferedImage picture) {
    return scaled(picture, size(picture.getHeight(), picture.getWidth()));
  }

  /**
   * A picture in a size: averaged where it becomes smaller, its pixels as they are where larger.
   */
  static BufferedImage scaled(BufferedImage picture, Size size) {
    if (picture.getWidth() == size.width() && picture.getHeight() == size.height()) {
      return picture;
    }
    BufferedImage scaled =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    try {
      if (size.width() < picture.getWidth()) {
        Image averaged =
            picture.getScaledInstance(size.width(), size.height(), Image.SCALE_AREA_AVERAGING);
        graphics.drawImage(averaged, 0, 0, null);
      } else {
        graphics.setRenderingHint(
            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(picture, 0, 0, size.width(), size.height(), null);
      }
    } finally {
      graphics.dispose();
    }
    return scaled;
  }
}
