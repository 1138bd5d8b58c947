package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.JsonStream;
import io.videottt.metrics.PolygonMask;
import io.videottt.metrics.RunLengthMask;
import java.util.ArrayList;
import java.util.List;

/** The pixels of an object as a COCO file writes them; kept small, decoded when needed. */
sealed interface CocoSegmentation {

  /** Most coordinates or run lengths of one object. */
  int MOST_NUMBERS = 1 << 24;

  /**
   * Decodes the mask.
   *
   * @throws InvalidInputException when it is damaged or of another size than the image
   */
  RunLengthMask mask(CocoImage image);

  /** Polygons, each x0, y0, x1, y1, ... in pixels. */
  record Polygons(List<double[]> polygons) implements CocoSegmentation {

    @Override
    public RunLengthMask mask(CocoImage image) {
      return PolygonMask.of(image.height(), image.width(), polygons);
    }
  }

  /** Run lengths in COCO's compressed form. */
  record Compressed(int height, int width, String counts) implements CocoSegmentation {

    @Override
    public RunLengthMask mask(CocoImage image) {
      requireSize(height, width, image);
      return RunLengthMask.parse(height, width, counts);
    }
  }

  /** Run lengths as a list. */
  record Runs(int height, int width, int[] counts) implements CocoSegmentation {

    @Override
    public RunLengthMask mask(CocoImage image) {
      requireSize(height, width, image);
      return new RunLengthMask(height, width, counts);
    }
  }

  private static void requireSize(int height, int width, CocoImage image) {
    if (height != image.height() || width != image.width()) {
      throw new InvalidInputException(
          "the run lengths are of %d x %d pixels, the image has %d x %d (width x height)"
              .formatted(width, height, image.width(), image.height()));
    }
  }

  /** Reads the value at the current token: a list of polygons, or an object with run lengths. */
  static CocoSegmentation read(JsonStream stream) {
    if (stream.atList()) {
      List<double[]> polygons = new ArrayList<>();
      stream.list("a segmentation", () -> polygons.add(stream.numbers("a polygon", MOST_NUMBERS)));
      return new Polygons(polygons);
    }
    if (!stream.atObject()) {
      throw stream.failure(
          "a segmentation is neither a list of polygons nor an object with size and counts");
    }
    int[][] values = new int[2][];
    String[] text = new String[1];
    stream.object(
        "a segmentation",
        name -> {
          switch (name) {
            case "size" -> values[0] = integers(stream, "a segmentation's size", 2);
            case "counts" -> {
              if (stream.atList()) {
                values[1] = integers(stream, "a segmentation's counts", MOST_NUMBERS);
              } else {
                text[0] = stream.text("a segmentation's counts");
              }
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    if (values[0] == null || values[0].length != 2) {
      throw stream.failure("a segmentation's size is missing or not [height, width]");
    }
    if (values[1] == null && text[0] == null) {
      throw stream.failure("a segmentation has no counts");
    }
    int height = values[0][0];
    int width = values[0][1];
    return text[0] == null
        ? new Runs(height, width, values[1])
        : new Compressed(height, width, text[0]);
  }

  private static int[] integers(JsonStream stream, String what, int most) {
    double[] numbers = stream.numbers(what, most);
    int[] integers = new int[numbers.length];
    for (int i = 0; i < integers.length; i++) {
      if (numbers[i] != (int) numbers[i]) {
        throw stream.failure("%s holds %s, expected integers".formatted(what, numbers[i]));
      }
      integers[i] = (int) numbers[i];
    }
    return integers;
  }
}
