package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;

/** Looks of plants. */
final class NatureSurfaces {

  private NatureSurfaces() {}

  private static int leafColour(Draws draws) {
    return draws.pick(0x3f6b2a, 0x4d7a33, 0x35592b, 0x5c7d3a, 0x48682e);
  }

  /** A tree: a trunk below a ragged crown. */
  static Surface tree(Draws draws, double width, double height) {
    long seed = draws.seed();
    int colour = leafColour(draws);
    double crownBottom = Math.min(0.5 * height, draws.between(1.9, 2.6));
    double trunkHalf = draws.between(0.14, 0.22);
    return (along, up, footprint, sample) -> {
      double across = (along - width / 2) / (width / 2);
      double rise = (up - (crownBottom + height) / 2) / ((height - crownBottom) / 2);
      double edge = 0.72 + 0.55 * LatticeHash.noise(seed, along * 1.3, up * 1.3);
      if (across * across + rise * rise < edge * edge) {
        paintLeaves(seed + 1, along, up, rise, footprint, colour, sample);
      } else if (up < crownBottom + 1 && Math.abs(along - width / 2) < trunkHalf) {
        double side = (along - width / 2) / trunkHalf;
        sample.paint(StreetClass.VEGETATION, 0x5d4a38, 0.95 + 0.25 * side);
      } else {
        sample.clear();
      }
    };
  }

  /** A hedge or a row of bushes with an uneven top. */
  static Surface hedge(Draws draws, double height) {
    long seed = draws.seed();
    int colour = leafColour(draws);
    return (along, up, footprint, sample) -> {
      double top = height * (0.68 + 0.32 * LatticeHash.noise(seed, along * 0.7, 0));
      if (up > top) {
        sample.clear();
      } else {
        paintLeaves(seed + 1, along, up, 2 * up / height - 1, footprint, colour, sample);
      }
    };
  }

  /** Woods and houses far away at the end of the street. */
  static Surface backdrop(Draws draws, double height) {
    long seed = draws.seed();
    return (along, up, footprint, sample) -> {
      double ridge = height * (0.35 + 0.65 * LatticeHash.noise(seed, along * 0.08, 0));
      double ragged = ridge + 1.2 * LatticeHash.noise(seed + 1, along * 0.5, 1);
      if (up > ragged) {
        sample.clear();
      } else {
        double spot = LatticeHash.noise(seed + 2, along * 0.4, up * 0.5) - 0.5;
        sample.paint(StreetClass.VEGETATION, 0x5f7d62, 1 + 0.3 * spot);
      }
    };
  }

  private static void paintLeaves(
      long seed,
      double along,
      double up,
      double rise,
      double footprint,
      int colour,
      SurfaceSample sample) {
    double fine = LatticeHash.noise(seed, along * 4, up * 4) - 0.5;
    double coarse = LatticeHash.noise(seed + 1, along * 1.1, up * 1.1) - 0.5;
    double detail = Math.min(1, 0.25 / footprint);
    sample.paint(
        StreetClass.VEGETATION, colour, 0.95 + 0.55 * detail * fine + 0.55 * coarse + 0.18 * rise);
  }
}
