package io.videottt.adaptation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A unit that has ended.
 *
 * @param frames number of frames
 * @param frameMeanIou percent, mean over the frames where it is defined
 * @param chosenIteration of the offline method: the candidate with the highest {@code
 *     frameMeanIou}, the earliest of equals
 * @param candidates of the offline method, in the order of iterations; empty for the others
 */
public record UnitOutcome(
    int frames,
    OptionalDouble frameMeanIou,
    OptionalInt chosenIteration,
    List<Candidate> candidates) {

  /**
   * A model of the offline method.
   *
   * @param iteration iterations of training, at least 1
   * @param frameMeanIou percent
   */
  public record Candidate(int iteration, double frameMeanIou) {}
}
