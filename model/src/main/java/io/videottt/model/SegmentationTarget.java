package io.videottt.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the main head shall predict for one image while it is trained.
 *
 * @param segments the masks with their classes: one per class for semantic segmentation, one per
 *     thing and per class of stuff for panoptic, one per object for instance segmentation; may be
 *     empty
 * @param labels [height * width] training ids, 255 ignored; absent where the data have objects only
 */
public record SegmentationTarget(List<TargetSegment> segments, Optional<byte[]> labels)
    implements TrainingTarget {

  /** Keeps the list from being changed. */
  public SegmentationTarget {
    segments = List.copyOf(segments);
  }

  /**
   * The targets of a network that segments.
   *
   * @throws IllegalArgumentException if one is of another kind
   */
  public static List<SegmentationTarget> all(List<? extends TrainingTarget> targets) {
    List<SegmentationTarget> segmentations = new ArrayList<>();
    for (TrainingTarget target : targets) {
      if (!(target instanceof SegmentationTarget segmentation)) {
        throw new IllegalArgumentException("a network of classes is trained on segments or labels");
      }
      segmentations.add(segmentation);
    }
    return segmentations;
  }

  /**
   * The target of a larger image that shows this one's at its top left and nothing elsewhere.
   *
   * @param height rows
   * @param width columns
   * @param rows of the larger image
   * @param columns of the larger image
   */
  public SegmentationTarget padded(int height, int width, int rows, int columns) {
    if (rows == height && columns == width) {
      return this;
    }
    return new SegmentationTarget(
        segments.stream().map(segment -> segment.padded(rows, columns)).toList(),
        labels.map(
            ids ->
                TargetSegment.padded(
                    ids, height, width, rows, columns, (byte) PixelCrossEntropy.IGNORED)));
  }

  /**
   * The target of semantic segmentation.
   *
   * @param labels [height * width] training ids, 255 ignored
   * @param height rows
   * @param width columns
   * @param classes number of classes K
   * @throws IllegalArgumentException if an id is neither a class nor 255
   */
  public static SegmentationTarget ofLabels(byte[] labels, int height, int width, int classes) {
    return new SegmentationTarget(
        TargetSegment.ofLabels(labels, height, width, classes), Optional.of(labels));
  }
}
