package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.folders.FolderVideos;
import io.videottt.io.storage.SafePaths;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * COCO Videos as the paper's authors release it: {@code IMAGES/VIDEO/NAME + SUFFIX}, {@code
 * MASKS/VIDEO/} with the PNG files of the segments' ids and {@code PANOPTIC/VIDEO.json} with the
 * segments. Frames that the JSON does not annotate are for adaptation only.
 *
 * @param images folder of the videos
 * @param imageSuffix what follows a frame's name in its image's file name
 * @param panoptic folder of the JSON files with the segments
 * @param masks folder of the videos' PNG files
 * @param instances folder of JSON files with the objects for instance segmentation; empty where the
 *     segments are the objects, as in the released code
 * @param stuffObjects whether stuff counts as objects too, as in the released code: a model of
 *     things finds none of it, which lowers the mean over the classes; false when left out
 */
public record CocoVideosLayout(
    String images,
    String imageSuffix,
    String panoptic,
    String masks,
    String instances,
    boolean stuffObjects)
    implements CocoLayout {

  /** The authors' names; things alone are objects. */
  public CocoVideosLayout() {
    this(null, null, null, null, null, false);
  }

  /** Fills the defaults and checks the values. */
  public CocoVideosLayout {
    images = images == null ? "raw_images" : images;
    imageSuffix = imageSuffix == null ? ".png" : imageSuffix;
    panoptic = panoptic == null ? "annotations/train" : panoptic;
    masks = masks == null ? "panoptic_images" : masks;
    instances = instances == null ? "" : instances;
    SafePaths.requireRelative(images, "images");
    SafePaths.requireRelative(panoptic, "panoptic");
    SafePaths.requireRelative(masks, "masks");
    if (!instances.isEmpty()) {
      SafePaths.requireRelative(instances, "instances");
    }
    if (imageSuffix.contains("/")) {
      throw new InvalidInputException(
          "imageSuffix ends file names and holds no '/', for example .png");
    }
  }

  @Override
  public String type() {
    return "coco-videos";
  }

  @Override
  public String reading() {
    return "CocoVideos" + (stuffObjects ? ", stuff counts as objects" : "");
  }

  @Override
  public boolean segmentsListImages() {
    return false;
  }

  @Override
  public boolean stuffHasObjects() {
    return stuffObjects;
  }

  @Override
  public Set<Task> tasks() {
    return Task.segmentation();
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new FolderVideos(
        definition, images, imageSuffix, new CocoVideoFiles(this, definition, hadoop), hadoop);
  }
}
