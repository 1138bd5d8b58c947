package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;

/** A sequence of random numbers from a seed, the same on every machine. */
final class Draws {

  private final long seed;
  private long count;

  Draws(long seed) {
    this.seed = seed;
  }

  /** Uniform in [0, 1). */
  double next() {
    return LatticeHash.uniform(seed, count++, 0);
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * next();
  }

  boolean chance(double probability) {
    return next() < probability;
  }

  /** One of the values. */
  int pick(int... values) {
    return values[(int) (next() * values.length)];
  }

  /** A seed for something that draws for itself. */
  long seed() {
    return LatticeHash.child(seed, count++);
  }
}
