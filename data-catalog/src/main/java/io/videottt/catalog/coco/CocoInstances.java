package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.JsonStream;
import io.videottt.io.storage.StorageLocation;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.RunLengthMask;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The ground truth of instance segmentation as COCO writes it: one JSON object with images,
 * annotations and categories. Masks are polygons or run lengths, and are decoded when asked for. An
 * annotation's {@code ignore} member is passed over, as by the COCO tools: only crowds and the area
 * ranges leave objects out. Immutable, safe to share between threads.
 */
public final class CocoInstances {

  private final CocoIndex index;
  private final CocoObjects objects;

  private CocoInstances(CocoIndex index, CocoObjects objects) {
    this.index = index;
    this.objects = objects;
  }

  /**
   * Reads a file of any size, keeping only what is needed of it.
   *
   * @param file any Hadoop path
   * @throws InvalidInputException when the file is malformed or its parts do not fit together
   */
  public static CocoInstances read(String file, Configuration hadoop) {
    CocoIndex index = new CocoIndex(file);
    CocoObjects objects = new CocoObjects(file);
    read(file, index, objects, hadoop);
    index.finish();
    objects.requireListed(index);
    return new CocoInstances(index, objects);
  }

  /**
   * Reads a file.
   *
   * @param index takes images and categories
   * @param objects takes the annotations
   */
  static void read(String file, CocoIndex index, CocoObjects objects, Configuration hadoop) {
    try (JsonStream stream = JsonStream.open(StorageLocation.parse(file, "ground truth"), hadoop)) {
      stream.object(
          "the file",
          name -> {
            switch (name) {
              case "images" -> index.readImages(stream);
              case "categories" -> index.readCategories(stream);
              case "annotations" -> objects.read(stream);
              default -> {
                return false;
              }
            }
            return true;
          });
      stream.requireEnd();
    }
    if (!index.hasImages()) {
      throw new InvalidInputException(
          "%s: has no images; the ground truth must list them".formatted(file));
    }
  }

  CocoIndex index() {
    return index;
  }

  /** The categories in ascending order of their ids; a category's place is its class. */
  public List<CocoCategory> categories() {
    return index.categories();
  }

  /** The file of an image for results, which no other image of the ground truth has. */
  public String fileOf(CocoImage image) {
    return index.file(image);
  }

  /** All images in ascending order of their ids, also those without annotation. */
  public List<CocoImage> images() {
    return index.images();
  }

  /**
   * The objects of an image, in the order of the file. Where the file gives no area, it is counted.
   *
   * @throws InvalidInputException naming image and segment, when a mask is damaged
   */
  public List<InstanceTruth> objects(CocoImage image) {
    List<InstanceTruth> truths = new ArrayList<>();
    for (CocoObject object : objects.of(image)) {
      if (object.area() < 0 || Double.isInfinite(object.area())) {
        throw objects.failure(image, object, "its area is " + object.area());
      }
      RunLengthMask mask = objects.mask(image, object);
      truths.add(
          new InstanceTruth(
              index.classOf(object.category(), index.file(), image, object.label()),
              mask,
              Double.isNaN(object.area()) ? mask.area() : object.area(),
              object.crowd()));
    }
    return truths;
  }
}
