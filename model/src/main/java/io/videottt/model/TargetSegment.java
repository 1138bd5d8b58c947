package io.videottt.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mask that the main head shall predict, with its class: for semantic segmentation all pixels of
 * one class, for instances one object.
 *
 * @param label class, 0 to K - 1
 * @param mask [height * width], 1 inside, 0 outside
 * @param height rows
 * @param width columns
 */
public record TargetSegment(int label, byte[] mask, int height, int width) {

  /** Checks that the array has the size of the mask. */
  public TargetSegment {
    if (mask.length != height * width) {
      throw new IllegalArgumentException(
          "a mask of %d x %d has %d values, not %d"
              .formatted(height, width, height * width, mask.length));
    }
  }

  /**
   * The segments of a label map: one per class that occurs, in the order of the classes.
   *
   * @param labels [height * width] training ids, 255 ignored
   * @param classes number of classes
   */
  public static List<TargetSegment> ofLabels(byte[] labels, int height, int width, int classes) {
    byte[][] masks = new byte[classes][];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int label = labels[pixel] & 0xFF;
      if (label == PixelCrossEntropy.IGNORED) {
        continue;
      }
      if (label >= classes) {
        throw new IllegalArgumentException(
            "label %d is neither a class (0 to %d) nor %d"
                .formatted(label, classes - 1, PixelCrossEntropy.IGNORED));
      }
      if (masks[label] == null) {
        masks[label] = new byte[height * width];
      }
      masks[label][pixel] = 1;
    }
    List<TargetSegment> segments = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      if (masks[label] != null) {
        segments.add(new TargetSegment(label, masks[label], height, width));
      }
    }
    return segments;
  }

  /** The segment in a larger image, at its top left. */
  TargetSegment padded(int rows, int columns) {
    return new TargetSegment(
        label, padded(mask, height, width, rows, columns, (byte) 0), rows, columns);
  }

  /** A map in a larger one, at its top left, with a filling elsewhere. */
  static byte[] padded(byte[] map, int height, int width, int rows, int columns, byte filling) {
    byte[] padded = new byte[Math.multiplyExact(rows, columns)];
    Arrays.fill(padded, filling);
    for (int row = 0; row < height; row++) {
      System.arraycopy(map, row * width, padded, row * columns, width);
    }
    return padded;
  }

  /**
   * The mask's value between pixel centres, bilinear, 0 outside.
   *
   * @param x column in [0, 1], 0 the left edge of the image
   * @param y row in [0, 1], 0 the upper edge
   */
  public float valueAt(float x, float y) {
    float column = x * width - 0.5f;
    float row = y * height - 0.5f;
    int left = (int) Math.floor(column);
    int top = (int) Math.floor(row);
    float right = column - left;
    float bottom = row - top;
    return (1 - bottom) * ((1 - right) * pixel(top, left) + right * pixel(top, left + 1))
        + bottom * ((1 - right) * pixel(top + 1, left) + right * pixel(top + 1, left + 1));
  }

  private float pixel(int row, int column) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? mask[row * width + column] : 0;
  }
}
