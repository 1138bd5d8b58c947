package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.JsonStream;
import io.videottt.catalog.image.ImageDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The images and categories of a COCO file, which may stand before or after what uses them. */
final class CocoIndex {

  private static final int MOST_CATEGORIES = 100_000;

  private final String file;
  private final Map<String, CocoImage> images = new LinkedHashMap<>();
  private final SortedMap<Long, Category> found = new TreeMap<>();
  private Map<Long, CocoCategory> categories = Map.of();
  private CocoFrameNames frames;

  private record Category(String name, boolean thing) {}

  CocoIndex(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  /** Reads the list {@code images} at the current token. */
  void readImages(JsonStream stream) {
    stream.list("images", () -> add(image(stream)));
  }

  private CocoImage image(JsonStream stream) {
    String[] texts = new String[2];
    long[] size = new long[2];
    stream.object(
        "an image",
        name -> {
          switch (name) {
            case "id" -> texts[0] = stream.identifier("an image's id");
            case "file_name" -> texts[1] = CocoPaths.plain(stream.label("an image's file_name"));
            case "height" -> size[0] = stream.integer("an image's height");
            case "width" -> size[1] = stream.integer("an image's width");
            default -> {
              return false;
            }
          }
          return true;
        });
    if (texts[0] == null) {
      throw stream.failure("an image has no id");
    }
    String fileName = texts[1] == null ? "" : texts[1];
    boolean sized = size[0] > 0 && size[1] > 0;
    boolean unsized = size[0] == 0 && size[1] == 0;
    // Compared by division: the product of hostile numbers may not fit.
    if (!sized && !unsized || sized && size[0] > ImageDecoder.MAXIMUM_PIXELS / size[1]) {
      throw stream.failure(
          "image %s is %d x %d (width x height), expected 1 to %d megapixels"
              .formatted(
                  fileName.isEmpty() ? texts[0] : fileName,
                  size[1],
                  size[0],
                  ImageDecoder.MAXIMUM_PIXELS >> 20));
    }
    return new CocoImage(texts[0], fileName, (int) size[0], (int) size[1]);
  }

  /** Adds an image; ids are unique. */
  void add(CocoImage image) {
    if (images.put(image.id(), image) != null) {
      throw new InvalidInputException(
          "%s: two images have the id %s; give each its own".formatted(file, image.id()));
    }
  }

  /** Reads the list {@code categories} at the current token. */
  void readCategories(JsonStream stream) {
    stream.list("categories", () -> readCategory(stream));
  }

  private void readCategory(JsonStream stream) {
    Long[] id = new Long[1];
    String[] title = new String[1];
    boolean[] thing = {true};
    stream.object(
        "a category",
        name -> {
          switch (name) {
            case "id" -> id[0] = stream.integer("a category's id");
            case "name" -> title[0] = stream.label("a category's name");
            case "isthing" -> thing[0] = stream.flag("a category's isthing");
            default -> {
              return false;
            }
          }
          return true;
        });
    if (id[0] == null) {
      throw stream.failure("a category has no id");
    }
    Category category = new Category(title[0] == null ? id[0].toString() : title[0], thing[0]);
    if (found.put(id[0], category) != null) {
      throw stream.failure("two categories have the id %d".formatted(id[0]));
    }
    if (found.size() > MOST_CATEGORIES) {
      throw stream.failure("more than %d categories".formatted(MOST_CATEGORIES));
    }
  }

  /** To be called when the file has been read: numbers the classes. */
  void finish() {
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "%s: has no categories; the ground truth must list them".formatted(file));
    }
    Map<Long, CocoCategory> numbered = new LinkedHashMap<>();
    found.forEach(
        (id, category) ->
            numbered.put(
                id, new CocoCategory(numbered.size(), id, category.name(), category.thing())));
    categories = numbered;
    nameFrames();
  }

  /** To be called when the file has been read and its categories do not matter. */
  void nameFrames() {
    frames = new CocoFrameNames(file, images());
  }

  boolean hasImages() {
    return !images.isEmpty();
  }

  /** In ascending order of their ids. */
  List<CocoImage> images() {
    return images.values().stream().sorted(CocoImage.BY_ID).toList();
  }

  /** An image's file name, made distinct; once the file has been read. */
  String file(CocoImage image) {
    return frames.file(image);
  }

  /** What results call an image; once the file has been read. */
  String frame(CocoImage image) {
    return frames.of(image);
  }

  /** The image of a frame; once the file has been read. */
  Optional<CocoImage> named(String frame) {
    return frames.image(frame);
  }

  List<CocoCategory> categories() {
    return List.copyOf(categories.values());
  }

  /** Whether the file lists an image. */
  boolean lists(String id) {
    return images.containsKey(id);
  }

  /**
   * The image of an annotation.
   *
   * @param source the file that holds the annotation
   */
  CocoImage image(String id, String source, String annotation) {
    CocoImage image = images.get(id);
    if (image == null) {
      throw new InvalidInputException(
          "%s: %s belongs to image id %s, which %s does not list"
              .formatted(source, annotation, id, file.equals(source) ? "the file" : file));
    }
    return image;
  }

  /**
   * The class of a category.
   *
   * @param source the file that holds the annotation
   */
  int classOf(long category, String source, CocoImage image, String annotation) {
    CocoCategory known = categories.get(category);
    if (known == null) {
      throw new InvalidInputException(
          "%s: image %s: %s has the unknown category %d; %s lists %d, from %s to %s"
              .formatted(
                  source,
                  image.name(),
                  annotation,
                  category,
                  file,
                  categories.size(),
                  found.firstKey(),
                  found.lastKey()));
    }
    return known.classId();
  }
}
