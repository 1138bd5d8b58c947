package io.videottt.adaptation.frames;

import io.videottt.base.Task;
import io.videottt.catalog.image.ImageResize;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.truth.SegmentMasks;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import io.videottt.model.TargetSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A segment of a training image: a thing, or all stuff of one class. Kept as run lengths, since an
 * image may have many.
 *
 * @param classId class, from 0 to K - 1
 * @param mask its pixels
 */
public record TrainingSegment(int classId, RunLengthMask mask) {

  /**
   * The segments of an image, in the annotation's order. Crowds are left out, as by Mask2Former:
   * nothing says how many segments they should be.
   *
   * @param task panoptic or instance; for semantic segmentation the segments follow from the
   *     labels, for colorization there are none
   * @param truth annotated for the task
   * @param height rows that the masks are brought to, by nearest neighbours
   * @param width columns that the masks are brought to
   */
  public static List<TrainingSegment> of(Task task, GroundTruth truth, int height, int width) {
    return switch (task) {
      case SEMANTIC, COLORIZATION -> List.of();
      case PANOPTIC -> ofPanoptic(truth.panoptic().orElseThrow(), height, width);
      case INSTANCE -> ofInstances(truth.instances().orElseThrow(), height, width);
    };
  }

  private static List<TrainingSegment> ofPanoptic(PanopticMap map, int height, int width) {
    List<PanopticSegment> counted =
        map.segments().stream().filter(segment -> !segment.crowd()).toList();
    int[] ids = counted.stream().mapToInt(PanopticSegment::id).toArray();
    List<RunLengthMask> masks = SegmentMasks.of(map.height(), map.width(), map.ids(), ids);
    List<TrainingSegment> segments = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      resized(counted.get(i).classId(), masks.get(i), height, width).ifPresent(segments::add);
    }
    return segments;
  }

  private static List<TrainingSegment> ofInstances(
      List<InstanceTruth> objects, int height, int width) {
    return objects.stream()
        .filter(object -> !object.crowd())
        .flatMap(object -> resized(object.classId(), object.mask(), height, width).stream())
        .toList();
  }

  private static Optional<TrainingSegment> resized(
      int classId, RunLengthMask mask, int height, int width) {
    boolean[] pixels =
        ImageResize.nearest(mask.toPixels(), mask.height(), mask.width(), height, width);
    RunLengthMask resized = RunLengthMask.of(height, width, pixels);
    return resized.area() > 0
        ? Optional.of(new TrainingSegment(classId, resized))
        : Optional.empty();
  }

  /**
   * What a sample shows of the segment; empty where it shows nothing.
   *
   * @param view of the image
   * @param height rows of the sample
   * @param width columns of the sample
   */
  public Optional<TargetSegment> seen(SampleView view, int height, int width) {
    boolean[] inside = mask.toPixels();
    byte[] pixels = new byte[inside.length];
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      pixels[pixel] = (byte) (inside[pixel] ? 1 : 0);
    }
    byte[] sample = view.labels(new LabelMap(mask.height(), mask.width(), pixels), 0);
    for (byte pixel : sample) {
      if (pixel != 0) {
        return Optional.of(new TargetSegment(classId, sample, height, width));
      }
    }
    return Optional.empty();
  }

  /** Bytes that the segment takes in memory, about. */
  long bytes() {
    return (long) mask.counts().length * Integer.BYTES;
  }
}
