package io.videottt.adaptation;

/** One step of a method on a batch: its loss, the loss's gradient, an update. */
sealed interface AdaptationStep permits ReconstructionStep, EntropyStep, SelfTrainingStep {

  /**
   * @param loss mean over the batch, before the update
   * @param gradientNorm before clipping
   */
  record Report(double loss, double gradientNorm) {}

  /**
   * The step of an objective.
   *
   * @throws IllegalArgumentException when the objective takes no steps
   */
  static AdaptationStep of(
      Objective objective, AdaptationState state, AdaptationSettings settings) {
    return switch (objective) {
      case RECONSTRUCTION -> new ReconstructionStep(state, settings);
      case ENTROPY -> new EntropyStep(state, settings);
      case PSEUDO_LABELS -> new SelfTrainingStep(state, settings);
      case NONE, NORM_STATISTICS -> throw new IllegalArgumentException("no steps: " + objective);
    };
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
