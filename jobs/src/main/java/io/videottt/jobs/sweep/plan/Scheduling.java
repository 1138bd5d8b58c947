package io.videottt.jobs.sweep.plan;

import java.util.Optional;

/**
 * How a sweep's work is cut into tasks, and what decides their order.
 *
 * @param split what one task runs
 * @param results output folder of an earlier sweep, whose measured times are the costs; assumed
 *     ones without
 */
public record Scheduling(WorkSplit split, Optional<String> results) {

  /** A task per video, costs assumed. */
  public static final Scheduling DEFAULT = new Scheduling(WorkSplit.VIDEO, Optional.empty());
}
