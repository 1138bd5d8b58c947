package io.videottt.catalog.scenes;

/**
 * How weather, light and camera change a clear day; every strength from 0 (not at all) to 1.
 *
 * @param dusk the sun sets: dark and blue, lamps and windows glow
 * @param fog what is far away turns gray
 * @param rain gray light, wet and reflecting road, streaks
 * @param cast the white balance is off towards orange
 * @param noise sensor noise
 */
public record Look(double dusk, double fog, double rain, double cast, double noise) {

  public static final Look CLEAR = new Look(0, 0, 0, 0, 0);

  /** The same look, weaker or as strong. */
  Look scaled(double strength) {
    return new Look(
        dusk * strength, fog * strength, rain * strength, cast * strength, noise * strength);
  }

  /** Both looks at once, none of their strengths above 1. */
  Look plus(Look other) {
    return new Look(
        Math.min(1, dusk + other.dusk),
        Math.min(1, fog + other.fog),
        Math.min(1, rain + other.rain),
        Math.min(1, cast + other.cast),
        Math.min(1, noise + other.noise));
  }
}
