package io.videottt.catalog.shift;

import io.videottt.catalog.image.LatticeHash;

/**
 * A frame that was exposed too short for the light there is. Light is counted in photons: the fewer
 * there are, the more their number varies, and reading the sensor adds noise of its own.
 */
final class LowLight {

  /** Halvings of the light at full strength. */
  private static final double STOPS = 6;

  /** Photons of a white pixel in full light: a small sensor at high sensitivity. */
  private static final double PHOTONS = 1000;

  /** Standard deviation of reading, as a share of white. */
  private static final double READ_NOISE = 0.003;

  private static final int STEPS = 4096;
  private static final float[] LIGHT = new float[STEPS + 1];
  private static final float[] CODE = new float[STEPS + 1];

  static {
    for (int i = 0; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      LIGHT[i] = (float) lightOf(share);
      // Dark tones need the finer steps.
      CODE[i] = (float) codeOf(share * share);
    }
  }

  private LowLight() {}

  /**
   * Darkens a frame in place.
   *
   * @param strength above 0, at most 1
   * @param seed of the noise
   */
  static void apply(DamagedFrame frame, double strength, long seed) {
    double exposure = StrictMath.pow(2, -STOPS * strength);
    frame.map(
        (value, channel, index) -> {
          double light = at(LIGHT, value) * exposure;
          // In full light noise is part of the picture already.
          double variance = strength * (light / PHOTONS + READ_NOISE * READ_NOISE);
          double noisy = light + Math.sqrt(variance) * LatticeHash.gaussian(seed, index);
          return at(CODE, Math.sqrt(Math.max(0, Math.min(1, noisy))));
        });
  }

  private static double at(float[] table, double share) {
    double position = share * STEPS;
    int step = Math.min(STEPS - 1, (int) position);
    return table[step] + (table[step + 1] - table[step]) * (position - step);
  }

  /** Light of a value, by the curve of sRGB. */
  private static double lightOf(double code) {
    return code <= 0.04045 ? code / 12.92 : StrictMath.pow((code + 0.055) / 1.055, 2.4);
  }

  private static double codeOf(double light) {
    return light <= 0.0031308 ? light * 12.92 : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
  }
}
