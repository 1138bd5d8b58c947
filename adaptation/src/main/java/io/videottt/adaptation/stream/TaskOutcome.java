package io.videottt.adaptation.stream;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How one task of a unit has ended.
 *
 * @param frames number of frames
 * @param frameMean the task's main metric in percent, mean over the frames where it is defined
 * @param chosenIteration of the offline method: the candidate with the highest {@code frameMean},
 *     the earliest of equals
 * @param candidates of the offline method, in the order of iterations; empty for the others
 */
public record TaskOutcome(
    int frames, OptionalDouble frameMean, OptionalInt chosenIteration, List<Candidate> candidates) {

  /**
   * A model of the offline method.
   *
   * @param iteration iterations of training, at least 1
   * @param frameMean the task's main metric in percent
   */
  public record Candidate(int iteration, double frameMean) {}
}
