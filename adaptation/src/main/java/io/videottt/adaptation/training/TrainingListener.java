package io.videottt.adaptation.training;

import java.time.Duration;

/** Follows a training; called on the training's thread. */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener SILENT = progress -> {};

  /**
   * How far the training is.
   *
   * @param phase {@code main-task-only}, {@code joint} or {@code reconstruction}
   * @param iteration iterations done in this phase
   * @param iterations of this phase
   * @param mainLoss mean since the last report, NaN in the third phase
   * @param reconstructionLoss mean since the last report, NaN in the first phase
   * @param secondsPerIteration mean since this process started the phase
   * @param remaining estimate for this phase
   */
  record Progress(
      String phase,
      int iteration,
      int iterations,
      double mainLoss,
      double reconstructionLoss,
      double secondsPerIteration,
      Duration remaining) {}

  /** Every {@link TrainingSettings#logStep()} iterations and at the end of a phase. */
  void progress(Progress progress);

  /**
   * After a validation.
   *
   * @param phase {@code main-task-only} or {@code joint}
   * @param iteration iterations done in this phase
   */
  default void validated(String phase, int iteration, Validation validation) {}

  /** After a checkpoint was written, and when training goes on from one. */
  default void checkpoint(String phase, int iteration, boolean resumed) {}

  /**
   * Why a checkpoint that is there is not used, or used with doubts, and whatever else is not as
   * one may expect; one line.
   */
  default void notice(String line) {}
}
