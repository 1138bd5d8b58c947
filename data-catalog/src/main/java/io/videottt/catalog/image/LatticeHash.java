package io.videottt.catalog.image;

/**
 * Randomness without state: the value depends only on the coordinates, so that every pixel of every
 * frame can be computed alone and is the same on every machine.
 */
public final class LatticeHash {

  private static final double UNIT = 1.0 / (1L << 53);

  private LatticeHash() {}

  /** Mixes bits as SplitMix64 does. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** A seed for a numbered part of something seeded. */
  public static long child(long seed, long number) {
    return mix(seed ^ mix(number));
  }

  /** Uniform in [0, 1). */
  public static double uniform(long seed, long x, long y) {
    long z = seed + x * 0x632be59bd9b4e019L + y * 0xe220a8397b1dcdafL;
    z = (z ^ z >>> 32) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 29) * 0x94d049bb133111ebL;
    return (z >>> 11) * UNIT;
  }

  /** Close to a standard normal: the sum of four 16-bit uniforms. */
  public static double gaussian(long seed, int index) {
    long bits = mix(seed + index * 0x632be59bd9b4e019L);
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum / 65536.0 - 2) * 1.7320508;
  }

  /** Smooth noise in [0, 1) with one lattice point per unit. */
  public static double noise(long seed, double x, double y) {
    double x0 = Math.floor(x);
    double y0 = Math.floor(y);
    double fx = x - x0;
    double fy = y - y0;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    long ix = (long) x0;
    long iy = (long) y0;
    double top = uniform(seed, ix, iy) * (1 - fx) + uniform(seed, ix + 1, iy) * fx;
    double bottom = uniform(seed, ix, iy + 1) * (1 - fx) + uniform(seed, ix + 1, iy + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  }
}
