package io.videottt.catalog.coco;

import io.videottt.catalog.file.JsonStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of one image in a COCO panoptic file.
 *
 * @param imageId the file's id of the image
 * @param fileName of the PNG that holds the segments' pixels, below the folder of masks
 * @param segments what the file lists
 */
record CocoPanopticAnnotation(String imageId, String fileName, List<Segment> segments) {

  private static final int LARGEST_ID = (1 << 24) - 1;
  private static final double LARGEST_AREA = 1L << 53;

  /** The metric keeps a count for every pair of segments of an image. */
  private static final int MOST_SEGMENTS = 5000;

  /**
   * One segment.
   *
   * @param id its value in the PNG, from 1 to 2^24 - 1
   * @param category the file's number of its category
   * @param area pixels as the file says, possibly not whole; 0 where it does not
   */
  record Segment(int id, long category, boolean crowd, double area) {}

  /** Reads the annotation at the current token. */
  static CocoPanopticAnnotation read(JsonStream stream) {
    String[] texts = new String[2];
    List<Segment> segments = new ArrayList<>();
    boolean[] listed = new boolean[1];
    stream.object(
        "an annotation",
        name -> {
          switch (name) {
            case "image_id" -> texts[0] = stream.identifier("an annotation's image_id");
            case "file_name" ->
                texts[1] = CocoPaths.plain(stream.label("an annotation's file_name"));
            case "segments_info" -> {
              listed[0] = true;
              stream.list("segments_info", () -> segments.add(segment(stream, segments.size())));
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    if (texts[0] == null || texts[1] == null || !listed[0]) {
      String missing =
          texts[0] == null ? "image_id" : texts[1] == null ? "file_name" : "segments_info";
      throw stream.failure(
          "the annotation of %s has no %s"
              .formatted(texts[1] != null ? texts[1] : "image id " + texts[0], missing));
    }
    return new CocoPanopticAnnotation(texts[0], texts[1], List.copyOf(segments));
  }

  private static Segment segment(JsonStream stream, int before) {
    if (before == MOST_SEGMENTS) {
      throw stream.failure("an image has more than %d segments".formatted(MOST_SEGMENTS));
    }
    Long[] numbers = new Long[2];
    boolean[] crowd = new boolean[1];
    double[] area = new double[1];
    stream.object(
        "a segment",
        name -> {
          switch (name) {
            case "id" -> numbers[0] = stream.integer("a segment's id");
            case "category_id" -> numbers[1] = stream.integer("a segment's category_id");
            case "iscrowd" -> crowd[0] = stream.flag("a segment's iscrowd");
            case "area" -> area[0] = stream.number("a segment's area");
            default -> {
              return false;
            }
          }
          return true;
        });
    if (numbers[0] == null || numbers[1] == null) {
      throw stream.failure("a segment has no " + (numbers[0] == null ? "id" : "category_id"));
    }
    if (numbers[0] < 1 || numbers[0] > LARGEST_ID || !(area[0] >= 0 && area[0] <= LARGEST_AREA)) {
      throw stream.failure(
          "a segment has id %d and area %s, expected an id from 1 to %d and no negative area"
              .formatted(numbers[0], area[0], LARGEST_ID));
    }
    return new Segment(numbers[0].intValue(), numbers[1], crowd[0], area[0]);
  }
}
