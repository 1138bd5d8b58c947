package io.videottt.catalog.folders;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.truth.StoredTruth;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * KITTI-STEP as its authors publish it: panoptic maps whose red channel is the class and whose
 * green and blue channels are the instance (256 green + blue). Stuff of one class is one segment. A
 * thing without instance number is a crowd, as in the authors' code (DeepLab2). Gray images {@code
 * NAME_sem.png} and sizes {@code NAME.json} beside the maps are read where they are.
 */
public record KittiStepLayout() implements FolderLayout {

  private static final Set<Task> SEMANTIC_ONLY = Set.of(Task.SEMANTIC);

  @Override
  public String type() {
    return "kitti-step";
  }

  @Override
  public String reading() {
    return "KittiStep, " + labelEncoding();
  }

  @Override
  public Set<Task> tasks() {
    return Task.segmentation();
  }

  @Override
  public String images() {
    return "images";
  }

  @Override
  public String imageSuffix() {
    return ".png";
  }

  @Override
  public String labels() {
    return "panoptic_maps";
  }

  @Override
  public String labelSuffix() {
    return ".png";
  }

  @Override
  public LabelEncoding labelEncoding() {
    return LabelEncoding.RED_CHANNEL;
  }

  /** The images that the paper's released code scores semantic segmentation by. */
  @Override
  public String graySuffix() {
    return "_sem.png";
  }

  @Override
  public String sizeSuffix() {
    return ".json";
  }

  @Override
  public StoredTruth truth(
      Path file, Set<Task> tasks, SourceClasses classes, Configuration hadoop) {
    return tasks.equals(SEMANTIC_ONLY)
        ? FolderLayout.super.truth(file, tasks, classes, hadoop)
        : new StepPanopticMap(file, tasks, classes, hadoop);
  }
}
