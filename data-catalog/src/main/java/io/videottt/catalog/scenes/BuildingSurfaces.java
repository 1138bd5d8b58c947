package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;

/** Looks of what people built: facades and fences. */
final class BuildingSurfaces {

  private BuildingSurfaces() {}

  /** A facade with rows of windows, shops or a door on the ground floor, and a cornice. */
  static Surface facade(Draws draws, double height) {
    long seed = draws.seed();
    int wall =
        draws.pick(
            0xd8c7a4, 0xb5714f, 0xc9c4bc, 0x9d9a96, 0xe0d7c4, 0x8f5a45, 0xc4a66d, 0xb9b4a0,
            0xa9877a);
    int frame = draws.pick(0xf0ece4, 0xe6e2da, 0x6b5a4a);
    double storey = draws.between(2.9, 3.5);
    double bay = draws.between(2.0, 3.4);
    double windowWidth = draws.between(0.40, 0.62);
    boolean shop = draws.chance(0.35);
    double mean = 1 - 0.55 * windowWidth * 0.55;
    return (along, up, footprint, sample) -> {
      double grain = LatticeHash.noise(seed, along * 1.7, up * 1.7) - 0.5;
      double stain = LatticeHash.noise(seed + 1, along * 0.25, up * 0.2) - 0.5;
      double brightness = 1 + 0.10 * grain + 0.18 * stain;
      if (up > height - 0.45) {
        sample.paint(StreetClass.BUILDING, wall, brightness * 0.72);
        return;
      }
      double row = up / storey;
      double column = along / bay;
      double inRow = row - Math.floor(row);
      double inColumn = column - Math.floor(column);
      boolean ground = up < storey;
      double half = (ground && shop ? 0.88 : windowWidth) / 2;
      double low = ground && shop ? 0.08 : 0.28;
      double high = ground && shop ? 0.78 : 0.80;
      boolean window = Math.abs(inColumn - 0.5) < half && inRow > low && inRow < high;
      if (footprint > 0.45 * bay) {
        sample.paint(StreetClass.BUILDING, wall, brightness * mean);
        return;
      }
      if (!window) {
        sample.paint(StreetClass.BUILDING, wall, brightness);
        return;
      }
      boolean border =
          Math.abs(inColumn - 0.5) > half - 0.05 || inRow < low + 0.04 || inRow > high - 0.04;
      long id = (long) Math.floor(row) * 1000 + (long) Math.floor(column);
      double reflection = LatticeHash.uniform(seed + 2, id, 0);
      if (border) {
        sample.paint(StreetClass.BUILDING, frame, 0.95);
      } else {
        sample.paint(
            StreetClass.BUILDING,
            0.16 + 0.22 * reflection,
            0.20 + 0.24 * reflection,
            0.25 + 0.27 * reflection);
        sample.glow(LatticeHash.uniform(seed + 3, id, 0) < 0.4 ? 0.75 : 0);
      }
    };
  }

  /** A plain side wall. */
  static Surface wall(Draws draws) {
    long seed = draws.seed();
    int colour = draws.pick(0xb8a68c, 0x9c9690, 0xa07a63, 0xc2bcb0);
    return (along, up, footprint, sample) -> {
      double stain = LatticeHash.noise(seed, along * 0.5, up * 0.4) - 0.5;
      sample.paint(StreetClass.BUILDING, colour, 1 + 0.25 * stain);
    };
  }

  /** A fence of slats with rails and posts; the gaps are dark, as a dense fence's are. */
  static Surface fence(Draws draws) {
    long seed = draws.seed();
    int colour = draws.pick(0x8a5f3c, 0x7c6a58, 0xd9d6cf, 0x5c6468);
    double slat = draws.between(0.3, 0.5);
    return (along, up, footprint, sample) -> {
      double position = along / slat - Math.floor(along / slat);
      double shade = LatticeHash.uniform(seed, (long) Math.floor(along / slat), 1);
      double brightness = 0.85 + 0.25 * shade;
      if (position < 0.3) {
        brightness *= footprint < slat / 2 ? 0.45 : 0.8;
      }
      sample.paint(StreetClass.FENCE, colour, brightness);
    };
  }
}
