package io.videottt.jobs.sweep.plan;

/** What one Spark task of a sweep is. */
public enum TaskSplit {
  /** A video with all its units: every model is loaded once per video. */
  VIDEO,
  /**
   * The units of one adaptation: more and shorter tasks, for clusters with more GPUs than videos or
   * with videos that do not share out evenly; a model is loaded for every task.
   */
  UNIT
}
