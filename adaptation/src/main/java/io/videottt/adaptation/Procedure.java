package io.videottt.adaptation;

/**
 * What a method does while the frames go by, in the two terms of the paper (Section 3.2): explicit
 * memory is where batches are sampled from, implicit memory is whether a frame starts from the
 * parameters that the frame before left.
 *
 * @param memory where batches are sampled from
 * @param startsAgain whether f0, g0 and a fresh optimiser come back before every frame
 */
record Procedure(Memory memory, boolean startsAgain) {

  /** Where the samples of a batch come from. */
  sealed interface Memory {

    /** Nothing is sampled: the parameters stay. */
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

  static Procedure of(Method method, AdaptationSettings settings) {
    Memory window =
        new Memory.Window(settings.window() == 0 ? Integer.MAX_VALUE : settings.window());
    return switch (method) {
      case MAIN_TASK_ONLY, MAE_JOINT_TRAINING, STANDARDISED_FIXED ->
          new Procedure(new Memory.None(), false);
      case TTT_MAE_NO_MEMORY -> new Procedure(new Memory.Window(1), true);
      case IMPLICIT_MEMORY_ONLY -> new Procedure(new Memory.Window(1), false);
      case EXPLICIT_MEMORY_ONLY -> new Procedure(window, true);
      case ONLINE_TTT_MAE -> new Procedure(window, false);
      case OFFLINE_TTT_MAE_ALL_FRAMES -> new Procedure(new Memory.WholeVideo(), false);
      case FOREIGN_FRAMES -> new Procedure(new Memory.TrainingSet(), false);
    };
  }
}
