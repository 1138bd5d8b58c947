package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.JsonStream;
import io.videottt.metrics.RunLengthMask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of a COCO file by image, each image's in the order of the file. */
final class CocoObjects {

  private final String file;
  private final Map<String, List<CocoObject>> byImage = new HashMap<>();
  private int count;

  CocoObjects(String file) {
    this.file = file;
  }

  /** Reads the list of objects at the current token. */
  void read(JsonStream stream) {
    stream.list("the list of annotations", () -> readObject(stream));
  }

  private void readObject(JsonStream stream) {
    Fields fields = new Fields();
    stream.object("an annotation", name -> fields.read(stream, name));
    String label = fields.id == null ? "number " + (count + 1) : fields.id;
    String missing =
        fields.image == null
            ? "image_id"
            : fields.category == null
                ? "category_id"
                : fields.segmentation == null ? "segmentation" : null;
    if (missing != null) {
      throw stream.failure(
          "%ssegment %s has no %s"
              .formatted(
                  fields.image == null ? "" : "image id " + fields.image + ": ", label, missing));
    }
    byImage
        .computeIfAbsent(fields.image, image -> new ArrayList<>(4))
        .add(
            new CocoObject(
                count++,
                fields.id,
                fields.category,
                fields.crowd,
                fields.area,
                fields.score,
                fields.segmentation));
  }

  /** Checks that every object has a listed image of known size and a listed category. */
  void requireListed(CocoIndex index) {
    byImage.forEach(
        (id, objects) -> {
          CocoImage image = index.image(id, file, objects.get(0).label());
          if (image.height() < 1) {
            throw new InvalidInputException(
                "%s: image %s has no height and width".formatted(index.file(), image.name()));
          }
          for (CocoObject object : objects) {
            index.classOf(object.category(), file, image, object.label());
          }
        });
  }

  /** The ids of the images that have objects. */
  Set<String> imageIds() {
    return byImage.keySet();
  }

  List<CocoObject> of(CocoImage image) {
    return byImage.getOrDefault(image.id(), List.of());
  }

  /** Decodes the mask of an object. */
  RunLengthMask mask(CocoImage image, CocoObject object) {
    try {
      return object.segmentation().mask(image);
    } catch (InvalidInputException e) {
      throw failure(image, object, e.getMessage());
    }
  }

  InvalidInputException failure(CocoImage image, CocoObject object, String message) {
    return new InvalidInputException(
        "%s: image %s: %s: %s".formatted(file, image.name(), object.label(), message));
  }

  /** What was read of an object so far. */
  private static final class Fields {

    private String image;
    private String id;
    private Long category;
    private boolean crowd;
    private double area = Double.NaN;
    private double score = Double.NaN;
    private CocoSegmentation segmentation;

    boolean read(JsonStream stream, String name) {
      switch (name) {
        case "image_id" -> image = stream.identifier("an annotation's image_id");
        case "id" -> id = stream.identifier("an annotation's id");
        case "category_id" -> category = stream.integer("an annotation's category_id");
        case "iscrowd" -> crowd = stream.flag("an annotation's iscrowd");
        case "area" -> area = stream.number("an annotation's area");
        case "score" -> score = stream.number("an annotation's score");
        case "segmentation" -> segmentation = CocoSegmentation.read(stream);
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
