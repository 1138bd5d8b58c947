package io.videottt.adaptation.step;

import io.videottt.adaptation.frames.SampleBatch;

/** One step of a method on a batch: its loss, the loss's gradient, an update. */
public sealed interface AdaptationStep permits ReconstructionStep, EntropyStep, SelfTrainingStep {

  /**
   * @param loss mean over the batch, before the update
   * @param gradientNorm before clipping; not finite where nothing was updated
   * @param skipped whether nothing was updated because scaled gradients overflowed in half
   *     precision, which is no divergence
   */
  record Report(double loss, double gradientNorm, boolean skipped) {

    /** Of a step that was taken or has diverged. */
    Report(double loss, double gradientNorm) {
      this(loss, gradientNorm, false);
    }
  }

  /** What the loss is called in messages. */
  String lossName();

  /**
   * @param draws of the masks and, where the settings say so, of drop path
   * @return not finite numbers when the step diverged, and then nothing was updated
   */
  Report run(SampleBatch batch, StepDraws draws);

  /** The loss of a batch with the same draws, without a step. */
  double measure(SampleBatch batch, StepDraws draws);
}
