package io.videottt.catalog.image;

/**
 * A colour image.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param pixels [height, width, 3] red, green, blue, one unsigned byte each; not copied, treat as
 *     immutable
 */
public record RgbImage(int height, int width, byte[] pixels) {

  /** Checks that the array has the size of the image. */
  public RgbImage {
    if (height < 1 || width < 1 || pixels.length != height * width * 3) {
      throw new IllegalArgumentException(
          "image of %d x %d with %d bytes".formatted(height, width, pixels.length));
    }
  }
}
