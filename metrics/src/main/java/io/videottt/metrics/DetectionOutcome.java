package io.videottt.metrics;

import io.videottt.base.InvalidInputException;

/**
 * What became of one detection at every IoU threshold and in every area range. Arrays are indexed
 * by {@link AreaRange#ordinal()}; bit t belongs to threshold 0.50 + 0.05 t.
 *
 * @param classId class, from 0 to K - 1
 * @param score confidence
 * @param matched [4] bits of the thresholds at which it matched an object
 * @param ignored [4] bits of the thresholds at which it counts neither way
 */
public record DetectionOutcome(int classId, double score, int[] matched, int[] ignored) {

  /** Number of IoU thresholds. */
  public static final int THRESHOLDS = 10;

  /** Checks the shape. */
  public DetectionOutcome {
    int ranges = AreaRange.values().length;
    if (matched.length != ranges || ignored.length != ranges) {
      throw new InvalidInputException(
          "a detection has outcomes for %d and %d area ranges, expected %d"
              .formatted(matched.length, ignored.length, ranges));
    }
    if (Double.isNaN(score)) {
      throw new InvalidInputException("a detection's score is not a number");
    }
  }

  boolean matched(AreaRange range, int threshold) {
    return (matched[range.ordinal()] >> threshold & 1) == 1;
  }

  boolean ignored(AreaRange range, int threshold) {
    return (ignored[range.ordinal()] >> threshold & 1) == 1;
  }
}
