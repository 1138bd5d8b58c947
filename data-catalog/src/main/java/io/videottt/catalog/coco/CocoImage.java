package io.videottt.catalog.coco;

import java.util.Comparator;

/**
 * An image of a COCO file. Its id tells it from the others; names may repeat.
 *
 * @param id as the file gives it: an integer's decimal digits, or a text
 * @param fileName path of the image as the file gives it, without {@code .} and empty parts; empty
 *     where the file does not say
 * @param height rows; 0 where the file does not say
 * @param width columns; 0 where the file does not say
 */
public record CocoImage(String id, String fileName, int height, int width) {

  /** Integers by value, before texts; the order in which the COCO tools visit images. */
  static final Comparator<CocoImage> BY_ID =
      Comparator.comparing(
          CocoImage::id,
          Comparator.comparing((String id) -> !isNumber(id))
              .thenComparing(id -> isNumber(id) ? id.length() : 0)
              .thenComparing(Comparator.naturalOrder()));

  private static boolean isNumber(String id) {
    return !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The file name without its extension; the id where there is none. */
  public String name() {
    if (fileName.isEmpty()) {
      return id;
    }
    int dot = fileName.lastIndexOf('.');
    return dot > fileName.lastIndexOf('/') + 1 ? fileName.substring(0, dot) : fileName;
  }

  @Override
  public String toString() {
    return name();
  }
}
