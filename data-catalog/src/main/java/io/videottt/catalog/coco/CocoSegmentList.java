package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A COCO panoptic file of a data set, whose categories are those of the catalogue and not its own.
 * Immutable.
 */
final class CocoSegmentList {

  private final Path file;
  private final CocoIndex index;
  private final List<CocoImage> images;
  private final Map<String, CocoPanopticAnnotation> annotations;
  private final CocoPaths masks;
  private final List<FileProblem> problems = new ArrayList<>();

  private CocoSegmentList(
      Path file, CocoIndex index, Map<String, CocoPanopticAnnotation> annotations) {
    this.file = file;
    this.index = index;
    this.images = index.images();
    this.annotations = annotations;
    this.masks = CocoPanoptic.paths(annotations);
    annotations.forEach(
        (id, annotation) -> {
          if (!index.lists(id)) {
            problems.add(
                new FileProblem(
                    FileProblem.Kind.UNKNOWN_IMAGE,
                    "%s: the annotation %s belongs to image id %s, which the file does not list"
                        .formatted(file, annotation.fileName(), id)));
          }
        });
  }

  /**
   * Reads a file of any size.
   *
   * @throws InvalidInputException when it is missing or malformed, or lists no images
   */
  static CocoSegmentList read(Path file, Configuration hadoop) {
    CocoIndex index = new CocoIndex(file.toString());
    Map<String, CocoPanopticAnnotation> annotations = new HashMap<>();
    try {
      CocoPanoptic.read(file.toString(), index, annotations, hadoop);
      if (!index.hasImages()) {
        throw new InvalidInputException(
            "%s: has no images; it must list them to say which frames it annotates"
                .formatted(file));
      }
      index.nameFrames();
    } catch (InvalidInputException e) {
      throw FileProblem.unreadable(e);
    }
    return new CocoSegmentList(file, index, annotations);
  }

  Path file() {
    return file;
  }

  /** The images in ascending order of their ids, also those without annotation. */
  List<CocoImage> images() {
    return images;
  }

  /** What results call an image. */
  String frame(CocoImage image) {
    return index.frame(image);
  }

  /** The image of a frame. */
  Optional<CocoImage> image(String frame) {
    return index.named(frame);
  }

  Optional<CocoPanopticAnnotation> annotation(CocoImage image) {
    return Optional.ofNullable(annotations.get(image.id()));
  }

  /** The file of an annotation's mask. */
  Path mask(Path folder, CocoPanopticAnnotation annotation, Configuration hadoop) {
    return masks.in(folder, annotation.fileName(), file + ": file_name", hadoop);
  }

  /** Annotations of images that are not listed. */
  List<FileProblem> problems() {
    return List.copyOf(problems);
  }
}
