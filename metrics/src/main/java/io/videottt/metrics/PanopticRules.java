package io.videottt.metrics;

/** What a panoptic evaluator does with ground truth that is no ordinary segment. */
public enum PanopticRules {
  /**
   * The COCO panoptic API: pixels of ignored categories are void, which is taken out of the unions
   * and excuses predictions; a crowd is never missed, and excuses predictions of its class.
   */
  BENCHMARK,
  /**
   * The evaluator that the paper's authors released for COCO Videos: only pixels of no segment at
   * all are void, so that predictions on ignored categories (255) are false positives and stay in
   * the unions; a crowd is a segment like any other. A match needs an IoU of at most 1, which
   * annotated areas that do not fit their masks can exceed.
   */
  RELEASED
}
