package io.videottt.catalog.coco;

import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.io.storage.SafePaths;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Stills as COCO publishes them for panoptic segmentation. All images of a split are one video (for
 * training, order means nothing), in ascending order of their ids. Every file or folder may hold
 * {@value CocoLayout#FOLDER}.
 *
 * @param images folder of the images
 * @param panoptic JSON file with images and segments
 * @param masks folder of the PNG files with the segments' ids
 * @param instances JSON file with the objects for instance segmentation, of which the things count;
 *     empty for none
 */
public record CocoPanopticLayout(String images, String panoptic, String masks, String instances)
    implements CocoLayout {

  /** COCO's own names, without objects. */
  public CocoPanopticLayout() {
    this(null, null, null, null);
  }

  /** Fills the defaults and checks the values. */
  public CocoPanopticLayout {
    images = images == null ? FOLDER : images;
    panoptic = panoptic == null ? "annotations/panoptic_" + FOLDER + ".json" : panoptic;
    masks = masks == null ? "annotations/panoptic_" + FOLDER : masks;
    instances = instances == null ? "" : instances;
    SafePaths.requireRelative(images, "images");
    SafePaths.requireRelative(panoptic, "panoptic");
    SafePaths.requireRelative(masks, "masks");
    if (!instances.isEmpty()) {
      SafePaths.requireRelative(instances, "instances");
    }
  }

  @Override
  public String type() {
    return "coco-panoptic";
  }

  @Override
  public String reading() {
    return "CocoPanoptic";
  }

  @Override
  public boolean segmentsListImages() {
    return true;
  }

  @Override
  public Set<Task> tasks() {
    return instances.isEmpty() ? Set.of(Task.SEMANTIC, Task.PANOPTIC) : Task.segmentation();
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new CocoStills(
        definition,
        images,
        new CocoStills.Annotations(
            Optional.of(panoptic),
            Optional.of(masks),
            Optional.of(instances).filter(place -> !place.isEmpty())),
        hadoop);
  }
}
