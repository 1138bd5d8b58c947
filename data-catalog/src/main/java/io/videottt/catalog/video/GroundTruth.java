package io.videottt.catalog.video;

import io.videottt.base.Task;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The annotation of a frame, at the resolution that it was annotated in: for each task that the
 * video was opened for, what its metric compares with. All absent where the frame is not annotated.
 *
 * @param labels semantic: the class of every pixel
 * @param panoptic panoptic: segments with their classes
 * @param instances instance: objects in the order of the annotation, classes counted as everywhere
 *     in the data set; the list is empty where the frame is known to show none
 * @param stuff instance: the classes without objects that the frame shows segments of, where
 *     objects are cut from segments; the released evaluator takes such segments for objects
 * @param colours colorization: the frame in colour, of which the network sees the luma
 */
public record GroundTruth(
    Optional<LabelMap> labels,
    Optional<PanopticMap> panoptic,
    Optional<List<InstanceTruth>> instances,
    Set<Integer> stuff,
    Optional<RgbImage> colours) {

  private static final GroundTruth NONE =
      new GroundTruth(Optional.empty(), Optional.empty(), Optional.empty());

  /** Keeps list and set from being changed. */
  public GroundTruth {
    instances = instances.map(List::copyOf);
    stuff = Set.copyOf(stuff);
  }

  /** A truth whose objects are annotated by themselves, and stuff not at all. */
  public GroundTruth(
      Optional<LabelMap> labels,
      Optional<PanopticMap> panoptic,
      Optional<List<InstanceTruth>> instances) {
    this(labels, panoptic, instances, Set.of());
  }

  /** A truth of segmentation. */
  public GroundTruth(
      Optional<LabelMap> labels,
      Optional<PanopticMap> panoptic,
      Optional<List<InstanceTruth>> instances,
      Set<Integer> stuff) {
    this(labels, panoptic, instances, stuff, Optional.empty());
  }

  /** The truth of a frame that is not annotated. */
  public static GroundTruth none() {
    return NONE;
  }

  /** The truth of a frame of a video that was opened for semantic segmentation alone. */
  public static GroundTruth ofLabels(LabelMap labels) {
    return new GroundTruth(Optional.of(labels), Optional.empty(), Optional.empty());
  }

  /** The truth of a frame of a video that was opened for colorization. */
  public static GroundTruth ofColours(RgbImage colours) {
    return new GroundTruth(
        Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.of(colours));
  }

  /** Whether a task can be scored. */
  public boolean has(Task task) {
    return switch (task) {
      case SEMANTIC -> labels.isPresent();
      case PANOPTIC -> panoptic.isPresent();
      case INSTANCE -> instances.isPresent();
      case COLORIZATION -> colours.isPresent();
    };
  }
}
