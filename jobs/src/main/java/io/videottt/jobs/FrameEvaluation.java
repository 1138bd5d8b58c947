package io.videottt.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How stored predictions of one task are scored: frame by frame into counts, and from counts to
 * numbers.
 *
 * @param <C> the task's counts
 */
interface FrameEvaluation<C> {

  /** The task as the command line calls it. */
  String task();

  /** The metrics' names, the main one first. */
  List<String> metrics();

  /** The names of the frames in their order. */
  List<String> frames();

  /** Counts of no frame. */
  C empty();

  /**
   * Reads and counts one frame; called from several threads.
   *
   * @param frame index in {@link #frames()}
   */
  C count(int frame);

  /** Adds a frame's counts to those of the frames before it. */
  void add(C sum, C frame);

  /** The metrics in percent, in their order; empty where undefined. */
  Map<String, Optional<Double>> values(C counts);
}
