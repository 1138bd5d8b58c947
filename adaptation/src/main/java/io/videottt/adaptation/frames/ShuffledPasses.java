package io.videottt.adaptation.frames;

import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * Passes over a number of things, one after another without end, each in a random order of its own.
 * Every order is a function of the pass alone. Not thread-safe.
 */
public final class ShuffledPasses {

  private final LongFunction<RandomGenerator> generators;
  private final int[] order;
  private long pass = -1;

  /**
   * @param count number of things, at least 1
   * @param generators a fresh generator for the order of a pass, given its number
   */
  public ShuffledPasses(int count, LongFunction<RandomGenerator> generators) {
    this.order = new int[count];
    this.generators = generators;
  }

  /**
   * The thing at a position of all passes together.
   *
   * @param position from 0
   * @return from 0 to count - 1
   */
  public int at(long position) {
    long wanted = position / order.length;
    if (wanted != pass) {
      shuffle(generators.apply(wanted));
      pass = wanted;
    }
    return order[(int) (position % order.length)];
  }

  private void shuffle(RandomGenerator random) {
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }
}
