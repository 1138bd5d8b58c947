package io.videottt.adaptation.frames;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.ImageResize;
import io.videottt.catalog.image.RgbImage;
import java.io.Serializable;

/**
 * The resolution that the network works at, given the resolution of the frames.
 *
 * @param height rows of every frame after resizing, or 0
 * @param width columns of every frame after resizing, or 0
 * @param shortSide length of the shorter side after resizing, the aspect kept, or 0
 * @param longSideLimit upper bound of the longer side when {@code shortSide} is used, or 0 for none
 */
public record WorkingSize(int height, int width, int shortSide, int longSideLimit)
    implements Serializable {

  /** {@link #own()} as a file of settings gives it. */
  public static final String OWN = "{height: 0, width: 0, shortSide: 0, longSideLimit: 0}";

  private static final int MAXIMUM_SIDE = 16_384;

  /** A resolution. */
  public record Size(int height, int width) {}

  /** Checks that exactly one way of giving a size is used. */
  public WorkingSize {
    requireSide("height", height);
    requireSide("width", width);
    requireSide("shortSide", shortSide);
    requireSide("longSideLimit", longSideLimit);
    if ((height == 0) != (width == 0)) {
      throw new InvalidInputException(
          "height %d and width %d: give both, or neither".formatted(height, width));
    }
    if (height > 0 && shortSide > 0) {
      throw new InvalidInputException(
          "height and width (%d x %d) exclude shortSide (%d): give one of them"
              .formatted(height, width, shortSide));
    }
    if (longSideLimit > 0 && longSideLimit < shortSide) {
      throw new InvalidInputException(
          "longSideLimit %d is below shortSide %d".formatted(longSideLimit, shortSide));
    }
  }

  /** Every frame becomes {@code height} x {@code width}. */
  public static WorkingSize fixed(int height, int width) {
    return new WorkingSize(height, width, 0, 0);
  }

  /** Frames are used as they are. */
  public static WorkingSize own() {
    return new WorkingSize(0, 0, 0, 0);
  }

  /** The resolution at which a frame is used. */
  public Size of(int imageHeight, int imageWidth) {
    if (height > 0) {
      return new Size(height, width);
    }
    if (shortSide == 0) {
      return new Size(imageHeight, imageWidth);
    }
    double shorter = Math.min(imageHeight, imageWidth);
    double longer = Math.max(imageHeight, imageWidth);
    double scale = shortSide / shorter;
    if (longSideLimit > 0) {
      scale = Math.min(scale, longSideLimit / longer);
    }
    return new Size(
        Math.max(1, (int) Math.round(imageHeight * scale)),
        Math.max(1, (int) Math.round(imageWidth * scale)));
  }

  /** An image at this resolution; the image itself where it has it. */
  public RgbImage resized(RgbImage image) {
    Size size = of(image.height(), image.width());
    return ImageResize.bilinear(image, size.height(), size.width());
  }

  private static void requireSide(String name, int value) {
    if (value < 0 || value > MAXIMUM_SIDE) {
      throw new InvalidInputException(
          "%s is %d, must be within 0 and %d".formatted(name, value, MAXIMUM_SIDE));
    }
  }
}
