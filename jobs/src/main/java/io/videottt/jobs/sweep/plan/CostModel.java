package io.videottt.jobs.sweep.plan;

import java.util.List;

/**
 * What units cost, to start the longest task first, to estimate the time left and to plan: results
 * do not depend on it.
 */
public interface CostModel {

  /**
   * Seconds of computing on one slot.
   *
   * @param units that run together through one adaptation, at least one
   */
  double seconds(List<Unit> units);

  /** Whether what {@link #seconds} gives are seconds; else it is right in proportion only. */
  default boolean inSeconds() {
    return true;
  }

  /** Where the costs come from, in a line for people. */
  String describe(List<AdaptationWork> groups);
}
