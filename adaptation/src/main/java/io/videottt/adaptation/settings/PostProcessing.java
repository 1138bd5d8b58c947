package io.videottt.adaptation.settings;

import io.videottt.io.config.Require;
import java.io.Serializable;

/**
 * How segments and detections are made of a network's queries (Mask2Former; method.md, Section 6).
 *
 * @param scoreThreshold panoptic: queries whose class has at most this probability are dropped
 * @param overlapThreshold panoptic: a segment is kept when it wins at least this share of its mask
 * @param detections instance: the highest number of detections per frame
 */
public record PostProcessing(double scoreThreshold, double overlapThreshold, int detections)
    implements Serializable {

  /** Checks the ranges. */
  public PostProcessing {
    Require.within("scoreThreshold", scoreThreshold, 0, 1);
    Require.within("overlapThreshold", overlapThreshold, 0, 1);
    Require.within("detections", detections, 1, 10_000);
  }

  /** The values that Mask2Former's authors use on COCO and Cityscapes. */
  public static PostProcessing defaults() {
    return new PostProcessing(0.8, 0.8, 100);
  }
}
