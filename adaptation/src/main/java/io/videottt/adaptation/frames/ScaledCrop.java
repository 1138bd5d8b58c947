package io.videottt.adaptation.frames;

import io.videottt.catalog.image.ImageResize;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.Arrays;

/**
 * A window of an image that is mirrored and scaled first, with a filling at the right and at the
 * bottom where the window is larger.
 *
 * @param scaled size of the whole scaled image
 * @param top first row of the window in it
 * @param left first column of the window in it, counted after mirroring
 * @param height rows of the window
 * @param width columns of the window
 * @param padding colour of the filling, 0 to 255 in all channels
 * @param mirrored whether left and right change places
 */
record ScaledCrop(
    WorkingSize.Size scaled,
    int top,
    int left,
    int height,
    int width,
    int padding,
    boolean mirrored)
    implements SampleView {

  /** Rows of the window that show the image. */
  private int rows() {
    return Math.min(height, scaled.height() - top);
  }

  /** Columns of the window that show the image. */
  private int columns() {
    return Math.min(width, scaled.width() - left);
  }

  /** First of these columns in the scaled image before mirroring. */
  private int firstColumn() {
    return mirrored ? scaled.width() - left - columns() : left;
  }

  @Override
  public byte[] image(RgbImage image, ColourTransform colour) {
    RgbImage shown =
        ImageResize.bilinear(
            image, scaled.height(), scaled.width(), top, firstColumn(), rows(), columns());
    byte[] pixels = (colour.isIdentity() ? shown : colour.apply(shown)).pixels();
    byte[] sample = new byte[Math.multiplyExact(height * 3, width)];
    Arrays.fill(sample, (byte) padding);
    int columns = columns();
    for (int y = 0; y < rows(); y++) {
      for (int x = 0; x < columns; x++) {
        int source = (y * columns + (mirrored ? columns - 1 - x : x)) * 3;
        System.arraycopy(pixels, source, sample, (y * width + x) * 3, 3);
      }
    }
    return sample;
  }

  @Override
  public byte[] labels(LabelMap labels, int beyond) {
    byte[] source = labels.labels();
    byte[] sample = new byte[Math.multiplyExact(height, width)];
    Arrays.fill(sample, (byte) beyond);
    int columns = columns();
    int firstColumn = firstColumn();
    int[] sourceColumns = new int[columns];
    for (int x = 0; x < columns; x++) {
      int position = firstColumn + (mirrored ? columns - 1 - x : x);
      sourceColumns[x] = nearest(position, scaled.width(), labels.width());
    }
    for (int y = 0; y < rows(); y++) {
      int row = nearest(top + y, scaled.height(), labels.height()) * labels.width();
      for (int x = 0; x < columns; x++) {
        sample[y * width + x] = source[row + sourceColumns[x]];
      }
    }
    return sample;
  }

  /** The source pixel that the centre of a scaled one lies in. */
  private static int nearest(int position, int scaled, int source) {
    return (int) ((2L * position + 1) * source / (2L * scaled));
  }
}
