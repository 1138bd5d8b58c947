package io.videottt.catalog.image;

/**
 * A semantic ground-truth or predicted map of training ids.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param labels [height, width] training ids, one unsigned byte each; {@link #IGNORE} where the
 *     ground truth says nothing; not copied, treat as immutable
 */
public record LabelMap(int height, int width, byte[] labels) {

  /** The training id of pixels without ground truth, whatever the data set itself uses. */
  public static final int IGNORE = 255;

  /** Checks that the array has the size of the map. */
  public LabelMap {
    if (height < 1 || width < 1 || labels.length != height * width) {
      throw new IllegalArgumentException(
          "label map of %d x %d with %d bytes".formatted(height, width, labels.length));
    }
  }
}
