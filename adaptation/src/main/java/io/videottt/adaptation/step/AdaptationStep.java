package io.videottt.adaptation.step;

import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.DeviceNumbers;

/** One step of a method on a batch: its loss, the loss's gradient, an update. */
public sealed interface AdaptationStep permits ReconstructionStep, EntropyStep, SelfTrainingStep {

  /** What the loss is called in messages. */
  String lossName();

  /**
   * Takes the step. Whether it diverged, and then nothing was updated, is known when the outcome is
   * read, within the scope around the call.
   *
   * @param draws of the masks and, where the settings say so, of drop path
   */
  StepOutcome run(SampleBatch batch, StepDraws draws);

  /**
   * The loss of a batch with the same draws, without a step.
   *
   * @return one number, to be read within the scope around the call
   */
  DeviceNumbers measure(SampleBatch batch, StepDraws draws);
}
