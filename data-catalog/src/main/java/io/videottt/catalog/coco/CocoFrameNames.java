package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One name for each image of a COCO file, by which results tell frames apart: the file name without
 * extension; with it where that is not enough, and with the id where two images have one file name.
 * Immutable.
 */
final class CocoFrameNames {

  private final String file;
  private final Map<String, String> byId = new HashMap<>();
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, CocoImage> byFrame = new HashMap<>();
  private final Map<String, CocoImage> byFileName = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  /**
   * @param file for messages
   * @param images with distinct ids
   */
  CocoFrameNames(String file, Collection<CocoImage> images) {
    this.file = file;
    Map<String, Integer> names = counts(images, CocoImage::name);
    Map<String, Integer> fileNames = counts(images, CocoImage::fileName);
    for (CocoImage image : images) {
      boolean distinct = names.get(image.name()) == 1;
      boolean distinctFile = !image.fileName().isEmpty() && fileNames.get(image.fileName()) == 1;
      String fileName =
          distinctFile
              ? image.fileName()
              : image.fileName().isEmpty()
                  ? image.id()
                  : "%s (id %s)".formatted(image.fileName(), image.id());
      files.put(image.id(), fileName);
      String frame = distinct ? image.name() : fileName;
      if (byFrame.containsKey(frame)) {
        frame = "%s (id %s)".formatted(frame, image.id());
      }
      if (byFrame.put(frame, image) != null) {
        throw new InvalidInputException(
            "%s: two images are called %s; rename one of them".formatted(file, frame));
      }
      byId.put(image.id(), frame);
      if (!distinct) {
        ambiguous.add(image.name());
      }
      if (distinctFile) {
        byFileName.put(image.fileName(), image);
      }
    }
  }

  private static Map<String, Integer> counts(
      Collection<CocoImage> images, Function<CocoImage, String> name) {
    Map<String, Integer> counts = new HashMap<>();
    images.forEach(image -> counts.merge(name.apply(image), 1, Integer::sum));
    return counts;
  }

  /** The file name; the id where there is none, and both where two images have one name. */
  String file(CocoImage image) {
    return files.get(image.id());
  }

  /** What results call an image. */
  String of(CocoImage image) {
    return byId.get(image.id());
  }

  /**
   * The image of a frame, which may also be called by its file name.
   *
   * @throws InvalidInputException when the name is that of several images
   */
  Optional<CocoImage> image(String frame) {
    CocoImage image = byFrame.getOrDefault(frame, byFileName.get(frame));
    if (image == null && ambiguous.contains(frame)) {
      throw new FileProblem(
          FileProblem.Kind.UNKNOWN_IMAGE,
          "%s: several images are called %s, of different ids or extensions; which is meant is not"
                  .formatted(file, frame)
              + " known, rename them");
    }
    return Optional.ofNullable(image);
  }
}
