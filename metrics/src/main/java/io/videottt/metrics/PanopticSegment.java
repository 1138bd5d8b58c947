package io.videottt.metrics;

/**
 * One segment of a panoptic segmentation.
 *
 * @param id its value in the map of segment ids, from 1 to 2^24 - 1
 * @param classId class, from 0 to K - 1
 * @param crowd whether it stands for several objects that were not told apart; ground truth only
 * @param area pixels as the annotation says, possibly not whole; 0 to have them counted
 */
public record PanopticSegment(int id, int classId, boolean crowd, double area) {

  /** A segment of a prediction: not a crowd, area counted. */
  public static PanopticSegment predicted(int id, int classId) {
    return new PanopticSegment(id, classId, false, 0);
  }
}
