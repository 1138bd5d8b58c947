package io.videottt.adaptation.settings;

/**
 * What a method does while the frames go by: what it optimises, and, in the two terms of the paper
 * (Section 3.2), what it remembers: explicit memory is where batches are sampled from, implicit
 * memory is whether a frame starts from the parameters that the frame before left.
 *
 * @param objective what is minimised
 * @param memory where batches are sampled from
 * @param startsAgain whether the initial parameters and a fresh optimiser come back before every
 *     frame
 * @param classBalance whether they come back when the predicted classes have changed too much
 */
public record Procedure(
    Objective objective, Memory memory, boolean startsAgain, boolean classBalance) {

  /** Where the samples of a batch come from. */
  public sealed interface Memory {

    /** Nothing is sampled. */
    record None() implements Memory {}

    /**
     * The latest frames, the current one included.
     *
     * @param frames k, at least 1; {@link Integer#MAX_VALUE} for all frames seen so far
     */
    record Window(int frames) implements Memory {}

    /** All frames of the video, known before the first prediction. */
    record WholeVideo() implements Memory {}

    /** Images of the training set, none of the video. */
    record TrainingSet() implements Memory {}
  }

  public static Procedure of(Method method, AdaptationSettings settings) {
    Memory window =
        new Memory.Window(settings.window() == 0 ? Integer.MAX_VALUE : settings.window());
    return switch (method) {
      case MAIN_TASK_ONLY, MAE_JOINT_TRAINING, STANDARDISED_FIXED ->
          new Procedure(Objective.NONE, new Memory.None(), false, false);
      case TTT_MAE_NO_MEMORY -> reconstruction(new Memory.Window(1), true);
      case IMPLICIT_MEMORY_ONLY -> reconstruction(new Memory.Window(1), false);
      case EXPLICIT_MEMORY_ONLY -> reconstruction(window, true);
      case ONLINE_TTT_MAE -> reconstruction(window, false);
      case OFFLINE_TTT_MAE_ALL_FRAMES -> reconstruction(new Memory.WholeVideo(), false);
      case FOREIGN_FRAMES -> reconstruction(new Memory.TrainingSet(), false);
      case LN_ADAPT -> new Procedure(Objective.NORM_STATISTICS, new Memory.None(), false, false);
      case TENT -> new Procedure(Objective.ENTROPY, window, false, false);
      case TENT_CLASS_BALANCE -> new Procedure(Objective.ENTROPY, window, false, true);
      case SELF_TRAIN -> new Procedure(Objective.PSEUDO_LABELS, window, false, false);
      case SELF_TRAIN_CLASS_BALANCE -> new Procedure(Objective.PSEUDO_LABELS, window, false, true);
    };
  }

  private static Procedure reconstruction(Memory memory, boolean startsAgain) {
    return new Procedure(Objective.RECONSTRUCTION, memory, startsAgain, false);
  }
}
