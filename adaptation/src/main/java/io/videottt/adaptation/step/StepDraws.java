package io.videottt.adaptation.step;

import io.videottt.adaptation.engine.Seeds;
import java.util.random.RandomGenerator;

/**
 * The random draws of one step but those of its samples: generators that start anew with every
 * call.
 *
 * @param seed of the unit
 * @param position number of the step
 * @param prefix of the purposes' names, empty for streams
 */
public record StepDraws(long seed, long position, String prefix) {

  /** Of the dropped patches. */
  RandomGenerator masks() {
    return Seeds.generator(seed, position, prefix + "masks");
  }

  /** Of the residual branches that drop path leaves out. */
  RandomGenerator dropPath() {
    return Seeds.generator(seed, position, prefix + "drop path");
  }
}
