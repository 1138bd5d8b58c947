package io.videottt.metrics;

/**
 * One annotated object.
 *
 * @param classId class, from 0 to K - 1
 * @param mask its pixels
 * @param area pixels as the annotation says, which decides whether it is small, medium or large
 * @param crowd whether it stands for several objects that were not told apart
 * @param object its number, the same in all frames of a video where the annotation numbers objects,
 *     from 1; 0 where it does not. No metric looks at it
 */
public record InstanceTruth(
    int classId, RunLengthMask mask, double area, boolean crowd, int object) {

  /** An object without a number. */
  public InstanceTruth(int classId, RunLengthMask mask, double area, boolean crowd) {
    this(classId, mask, area, crowd, 0);
  }
}
