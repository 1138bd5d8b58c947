package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.JsonStream;
import io.videottt.io.storage.StorageLocation;
import io.videottt.metrics.InstanceDetection;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Predicted instances as COCO writes them: one JSON list of objects with image_id, category_id,
 * score and segmentation (run lengths or polygons), which are decoded when asked for. Immutable,
 * safe to share between threads.
 */
public final class CocoResults {

  private final String file;
  private final CocoIndex index;
  private final CocoObjects objects;

  private CocoResults(String file, CocoIndex index, CocoObjects objects) {
    this.file = file;
    this.index = index;
    this.objects = objects;
  }

  /**
   * Reads a file of any size, keeping only what is needed of it.
   *
   * @param file any Hadoop path
   * @param groundTruth whose images and categories the predictions are about
   * @throws InvalidInputException when the file is malformed, or names an image or a category that
   *     the ground truth does not list
   */
  public static CocoResults read(String file, CocoInstances groundTruth, Configuration hadoop) {
    CocoObjects objects = new CocoObjects(file);
    try (JsonStream stream = JsonStream.open(StorageLocation.parse(file, "predictions"), hadoop)) {
      if (!stream.atList()) {
        throw stream.failure("predictions are a list of objects with image_id, category_id, score");
      }
      objects.read(stream);
      stream.requireEnd();
    }
    objects.requireListed(groundTruth.index());
    return new CocoResults(file, groundTruth.index(), objects);
  }

  /**
   * What was predicted for an image, in the order of the file.
   *
   * @throws InvalidInputException naming image and segment, when a score is not a number or a mask
   *     is damaged
   */
  public List<InstanceDetection> detections(CocoImage image) {
    List<InstanceDetection> detections = new ArrayList<>();
    for (CocoObject object : objects.of(image)) {
      if (Double.isNaN(object.score())) {
        throw objects.failure(image, object, "its score is missing or not a number");
      }
      detections.add(
          new InstanceDetection(
              index.classOf(object.category(), file, image, object.label()),
              objects.mask(image, object),
              object.score()));
    }
    return detections;
  }
}
