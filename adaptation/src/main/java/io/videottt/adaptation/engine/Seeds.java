package io.videottt.adaptation.engine;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Seeds of every random draw: a pure function of the unit's seed, the frame (or iteration) and what
 * is drawn. A result therefore depends neither on what ran before it nor on what runs beside it,
 * and a run that goes on after a failure draws what the undisturbed run would have drawn.
 */
public final class Seeds {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /**
   * The seed of one purpose at one frame.
   *
   * @param unitSeed the unit's seed
   * @param frame index of the frame, or of the iteration where there are no frames
   * @param purpose what is drawn, for example {@code "crop"}
   */
  public static long of(long unitSeed, long frame, String purpose) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return mix(mix(mix(unitSeed + GOLDEN_GAMMA) ^ hash) + frame * GOLDEN_GAMMA);
  }

  /** A generator for {@link #of}. */
  public static RandomGenerator generator(long unitSeed, long frame, String purpose) {
    return new SplittableRandom(of(unitSeed, frame, purpose));
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): neighbours end up far apart. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
