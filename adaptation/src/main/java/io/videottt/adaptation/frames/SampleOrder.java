package io.videottt.adaptation.frames;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/** How the frames of consecutive samples are chosen out of what a method remembers. */
public enum SampleOrder {
  /**
   * Uniformly and independently, as the paper's text says: a batch may leave a frame out, the
   * newest one too.
   */
  @JsonProperty("with-replacement")
  WITH_REPLACEMENT {
    @Override
    public Choice of(int count, LongFunction<RandomGenerator> passes, long first) {
      return random -> random.nextInt(count);
    }
  },
  /**
   * Pass after pass over all frames, each in an order of its own, as the authors' code does: of a
   * window of 16 frames a batch of 32 holds every one exactly twice.
   */
  @JsonProperty("shuffled-passes")
  SHUFFLED_PASSES {
    @Override
    public Choice of(int count, LongFunction<RandomGenerator> passes, long first) {
      ShuffledPasses order = new ShuffledPasses(count, passes);
      long[] next = {first};
      return random -> order.at(next[0]++);
    }
  };

  /** The frames of consecutive samples. */
  @FunctionalInterface
  public interface Choice {

    /**
     * The next sample's frame, from 0.
     *
     * @param random the generator that the sample's crop is drawn from as well
     */
    int next(RandomGenerator random);
  }

  /**
   * A choice.
   *
   * @param count number of frames
   * @param passes the generator of a pass's order, given the number of the pass
   * @param first number of the first sample to choose for, counted from the first pass
   */
  public abstract Choice of(int count, LongFunction<RandomGenerator> passes, long first);
}
