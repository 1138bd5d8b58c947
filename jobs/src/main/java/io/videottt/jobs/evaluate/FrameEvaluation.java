package io.videottt.jobs.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How stored predictions of one task are scored: frame by frame into counts, and from counts to
 * numbers.
 *
 * @param <C> the task's counts
 */
public interface FrameEvaluation<C> {

  /** The task as the command line calls it. */
  String task();

  /** The metrics' names, the main one first. */
  List<String> metrics();

  /** The metrics of a single class. */
  List<String> classMetrics();

  /** The names of the classes from 0 to K - 1. */
  List<String> classes();

  /** The files of the frames, with the folders that they are in, in the frames' order. */
  List<String> files();

  /** Counts of no frame. */
  C empty();

  /**
   * Reads and counts one frame; called from several threads.
   *
   * @param frame index in {@link #files()}
   * @throws io.videottt.base.InvalidInputException when the frame cannot be scored, which says
   *     nothing about the others
   */
  C count(int frame);

  /** Adds a frame's counts to those of the frames before it. */
  void add(C sum, C frame);

  /** The metrics in percent, in their order; empty where undefined. */
  Map<String, Optional<Double>> values(C counts);

  /** The metrics of one frame by the formulas of the paper's released code, likewise. */
  Map<String, Optional<Double>> released(C counts);

  /** The metrics of one class in percent, in the order of {@link #classMetrics()}. */
  List<Optional<Double>> classValues(C counts, int classId);

  /** Predictions that belong to no frame, a message for each. */
  List<String> unmatched();

  /** What a reader of the numbers must know, a sentence each. */
  List<String> notes(C pooled);
}
