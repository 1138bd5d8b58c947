package io.videottt.catalog;

import io.videottt.catalog.image.TestImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** Small files in COCO's form that tests write. */
public final class TestCoco {

  private TestCoco() {}

  public static String image(long id, String file, int width, int height) {
    return "{\"id\": %d, \"file_name\": \"%s\", \"width\": %d, \"height\": %d}"
        .formatted(id, file, width, height);
  }

  public static String annotation(long image, String mask, String... segments) {
    return "{\"image_id\": %d, \"file_name\": \"%s\", \"segments_info\": [%s]}"
        .formatted(image, mask, String.join(", ", segments));
  }

  public static String segment(int id, int category, boolean crowd) {
    return "{\"id\": %d, \"category_id\": %d, \"iscrowd\": %d}"
        .formatted(id, category, crowd ? 1 : 0);
  }

  /**
   * An object.
   *
   * @param segmentation its JSON
   */
  public static String object(long id, long image, int category, String segmentation) {
    return "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"segmentation\": %s}"
        .formatted(id, image, category, segmentation);
  }

  /** A rectangle as a polygon. */
  public static String box(int left, int top, int right, int bottom) {
    return "[[%d, %d, %d, %d, %d, %d, %d, %d]]"
        .formatted(left, top, right, top, right, bottom, left, bottom);
  }

  /** A file without categories: those of the catalogue hold. */
  public static void write(Path file, List<String> images, List<String> annotations) {
    String text =
        "{\"images\": [%s], \"annotations\": [%s]}"
            .formatted(String.join(",\n", images), String.join(",\n", annotations));
    TestImages.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A PNG of segment ids: red + 256 green + 65536 blue. */
  public static void writeMask(Path file, int width, int height, IntBinaryOperator id) {
    IntBinaryOperator colour =
        (x, y) -> {
          int value = id.applyAsInt(x, y);
          return (value & 0xff) << 16 | value & 0xff00 | value >> 16;
        };
    TestImages.write(file, TestImages.bytes(TestImages.colour(width, height, colour), "png"));
  }
}
