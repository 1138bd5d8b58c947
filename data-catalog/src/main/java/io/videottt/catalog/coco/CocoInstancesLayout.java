package io.videottt.catalog.coco;

import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.io.storage.SafePaths;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Stills as COCO publishes them for instance segmentation; see {@link CocoPanopticLayout}.
 *
 * @param images folder of the images
 * @param instances JSON file with images and objects, of which the things count
 */
public record CocoInstancesLayout(String images, String instances) implements CocoLayout {

  /** COCO's own names. */
  public CocoInstancesLayout() {
    this(null, null);
  }

  /** Fills the defaults and checks the values. */
  public CocoInstancesLayout {
    images = images == null ? FOLDER : images;
    instances = instances == null ? "annotations/instances_" + FOLDER + ".json" : instances;
    SafePaths.requireRelative(images, "images");
    SafePaths.requireRelative(instances, "instances");
  }

  @Override
  public String type() {
    return "coco-instances";
  }

  @Override
  public String reading() {
    return "CocoInstances";
  }

  @Override
  public boolean segmentsListImages() {
    return false;
  }

  @Override
  public boolean listsSegments(Set<Task> tasks) {
    return false;
  }

  @Override
  public Set<Task> tasks() {
    return Set.of(Task.INSTANCE);
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new CocoStills(
        definition,
        images,
        new CocoStills.Annotations(Optional.empty(), Optional.empty(), Optional.of(instances)),
        hadoop);
  }
}
