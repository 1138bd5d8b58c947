package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Problems;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.RunLengthMask;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A COCO instance file of a data set, whose categories are those of the catalogue and not its own.
 * Immutable.
 */
final class CocoObjectList {

  private final Path file;
  private final CocoObjects objects;
  private final CocoIndex index;
  private final List<CocoImage> images;
  private final List<FileProblem> problems = new ArrayList<>();

  private CocoObjectList(Path file, CocoIndex index, CocoObjects objects) {
    this.file = file;
    this.objects = objects;
    this.index = index;
    this.images = index.images();
    for (String id : objects.imageIds()) {
      if (!index.lists(id)) {
        problems.add(
            new FileProblem(
                FileProblem.Kind.UNKNOWN_IMAGE,
                "%s: an object belongs to image id %s, which the file does not list"
                    .formatted(file, id)));
      }
    }
  }

  /**
   * Reads a file of any size.
   *
   * @throws InvalidInputException when it is missing or malformed, or lists no images
   */
  static CocoObjectList read(Path file, Configuration hadoop) {
    CocoIndex index = new CocoIndex(file.toString());
    CocoObjects objects = new CocoObjects(file.toString());
    try {
      CocoInstances.read(file.toString(), index, objects, hadoop);
      index.nameFrames();
    } catch (InvalidInputException e) {
      throw FileProblem.unreadable(e);
    }
    return new CocoObjectList(file, index, objects);
  }

  Path file() {
    return file;
  }

  /** The images in ascending order of their ids, also those without objects. */
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

  /** Objects of images that are not listed, one entry per image. */
  List<FileProblem> problems() {
    return List.copyOf(problems);
  }

  /**
   * The objects of an image in the order of the file; those of classes without objects are passed
   * over. Where the file gives no area, it is counted.
   */
  List<InstanceTruth> objects(CocoImage image, SourceClasses classes, Problems problems) {
    List<InstanceTruth> found = new ArrayList<>();
    for (CocoObject object : objects.of(image)) {
      int classId = classes.of(object.category());
      if (classId == SourceClasses.UNKNOWN) {
        problems.add(
            classes.unknown(
                "%s: image %s: the category %d of %s"
                    .formatted(file, image.name(), object.category(), object.label())));
      } else if (classId != SemanticCounts.IGNORE && classes.hasObjects(classId)) {
        object(image, object, classId, problems).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<InstanceTruth> object(
      CocoImage image, CocoObject object, int classId, Problems problems) {
    try {
      if (image.height() < 1) {
        throw objects.failure(image, object, "the file gives the image no height and width");
      }
      if (object.area() < 0 || Double.isInfinite(object.area())) {
        throw objects.failure(image, object, "its area is " + object.area());
      }
      RunLengthMask mask = objects.mask(image, object);
      double area = Double.isNaN(object.area()) ? mask.area() : object.area();
      return Optional.of(new InstanceTruth(classId, mask, area, object.crowd()));
    } catch (InvalidInputException e) {
      problems.add(new FileProblem(FileProblem.Kind.BAD_MASK, e.getMessage(), e));
      return Optional.empty();
    }
  }
}
