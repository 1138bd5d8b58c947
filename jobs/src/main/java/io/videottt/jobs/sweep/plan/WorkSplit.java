package io.videottt.jobs.sweep.plan;

/** How a sweep's work is split into Spark tasks. */
public enum WorkSplit {
  /** A task per video, with all its adaptations: every model is loaded once per video. */
  VIDEO,
  /**
   * A task per adaptation: more and shorter tasks, for clusters with more GPUs than videos or with
   * videos that do not share out evenly; a model is loaded for every task.
   */
  ADAPTATION
}
