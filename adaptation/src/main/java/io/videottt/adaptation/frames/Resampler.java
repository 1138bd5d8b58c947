package io.videottt.adaptation.frames;

import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;

/**
 * Cuts crops out of images and labels and brings them to the sample's size, in Java arithmetic on
 * bytes. Crops are never larger than the image they come from and samples never smaller than their
 * crop, so that four neighbours per pixel suffice.
 */
public final class Resampler {

  private Resampler() {}

  /**
   * A crop of an image, bilinear between pixel centres, edges repeated.
   *
   * @return [height * width * 3] interleaved red, green, blue, one unsigned byte each
   */
  public static byte[] image(
      RgbImage image, Crop crop, int height, int width, ColourTransform colour) {
    Axis rows = Axis.of(crop.top(), crop.height(), height, image.height(), false);
    Axis columns = Axis.of(crop.left(), crop.width(), width, image.width(), crop.mirrored());
    byte[] source = image.pixels();
    byte[] target = new byte[height * width * 3];
    int stride = image.width() * 3;
    float[] colours = new float[3];
    int next = 0;
    for (int y = 0; y < height; y++) {
      int upper = rows.first[y] * stride;
      int lower = rows.second[y] * stride;
      float down = rows.share[y];
      for (int x = 0; x < width; x++) {
        int left = columns.first[x] * 3;
        int right = columns.second[x] * 3;
        float across = columns.share[x];
        for (int channel = 0; channel < 3; channel++) {
          float topLeft = source[upper + left + channel] & 0xff;
          float topRight = source[upper + right + channel] & 0xff;
          float bottomLeft = source[lower + left + channel] & 0xff;
          float bottomRight = source[lower + right + channel] & 0xff;
          float top = topLeft + across * (topRight - topLeft);
          float bottom = bottomLeft + across * (bottomRight - bottomLeft);
          colours[channel] = top + down * (bottom - top);
        }
        for (int channel = 0; channel < 3; channel++) {
          float value =
              colour.isIdentity()
                  ? colours[channel]
                  : colour.apply(channel, colours[0], colours[1], colours[2]);
          target[next++] = (byte) (int) (value + 0.5f);
        }
      }
    }
    return target;
  }

  /** A crop of a label map, nearest neighbour. */
  static byte[] labels(LabelMap labels, Crop crop, int height, int width) {
    byte[] source = labels.labels();
    byte[] target = new byte[height * width];
    for (int y = 0; y < height; y++) {
      int row = nearest(crop.top(), crop.height(), y, height, labels.height()) * labels.width();
      for (int x = 0; x < width; x++) {
        int position = crop.mirrored() ? width - 1 - x : x;
        target[y * width + x] =
            source[row + nearest(crop.left(), crop.width(), position, width, labels.width())];
      }
    }
    return target;
  }

  private static int nearest(double start, double length, int index, int count, int limit) {
    int position = (int) Math.floor(start + (index + 0.5) * length / count);
    return Math.max(0, Math.min(limit - 1, position));
  }

  /** For each target coordinate the two source coordinates around it, and the second's share. */
  private record Axis(int[] first, int[] second, float[] share) {

    static Axis of(double start, double length, int count, int limit, boolean mirrored) {
      Axis axis = new Axis(new int[count], new int[count], new float[count]);
      for (int i = 0; i < count; i++) {
        int index = mirrored ? count - 1 - i : i;
        double position = start + (index + 0.5) * length / count - 0.5;
        double clamped = Math.max(0, Math.min(limit - 1, position));
        int lower = (int) clamped;
        axis.first[i] = lower;
        axis.second[i] = Math.min(lower + 1, limit - 1);
        axis.share[i] = (float) (clamped - lower);
      }
      return axis;
    }
  }
}
