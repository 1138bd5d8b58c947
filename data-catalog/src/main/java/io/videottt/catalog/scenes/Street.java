package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;

/** The shape and the ground of a street: where the road bends, how wide it is, what lies beside. */
final class Street {

  /** First metre that is built. */
  static final int START = -14;

  /** Last metre that is built. */
  static final int END = 190;

  private static final double MARKING_HALF_WIDTH = 0.09;
  private static final double DASH_PERIOD = 6;

  private final long seed;
  private final double curvature;
  private final double roadHalf;
  private final double sidewalk;

  /** [2][metres] width of the grass beyond the sidewalk, left and right. */
  private final double[][] grass = new double[2][END - START];

  /** [metres] how far the buildings' shadow reaches from the side of the sun into the street. */
  private final double[] shade = new double[END - START];

  private final int sunSide;
  private final double asphalt;
  private final int pavementColour;
  private final int grassColour;
  private final double crossing;
  private final double cloudiness;

  Street(Draws draws) {
    this.seed = draws.seed();
    this.curvature = draws.between(-0.0006, 0.0006);
    this.roadHalf = draws.between(4.7, 5.3);
    this.sidewalk = draws.between(3.0, 4.4);
    this.sunSide = draws.chance(0.5) ? 0 : 1;
    this.asphalt = draws.between(0.36, 0.44);
    this.pavementColour = draws.pick(0xb3aca2, 0xa8a6a6, 0xb8a79b);
    this.grassColour = draws.pick(0x7d8f3e, 0x8a8a45, 0x72883a);
    this.crossing = draws.chance(0.4) ? draws.between(12, 60) : -100;
    this.cloudiness = draws.between(0.1, 0.5);
  }

  /** Where the middle of the road is, metres to the right. */
  double bend(double z) {
    return curvature * z * z;
  }

  /** The direction of the road: metres to the right for each metre forward. */
  double slope(double z) {
    return 2 * curvature * z;
  }

  /** Index of the metre that a place lies in, kept within what is built. */
  static int metre(double z) {
    return Math.min(END - START - 1, Math.max(0, (int) Math.floor(z) - START));
  }

  double roadHalf() {
    return roadHalf;
  }

  double sidewalk() {
    return sidewalk;
  }

  /** Lays out what lies beside a stretch of the street. */
  void setLot(int side, double from, double to, double grassWidth, double shadeWidth) {
    int first = Math.max(0, (int) Math.floor(from) - START);
    int last = Math.min(END - START, (int) Math.floor(to) - START);
    for (int metre = first; metre < last; metre++) {
      grass[side][metre] = grassWidth;
      if (side == sunSide) {
        shade[metre] = shadeWidth;
      }
    }
  }

  void shadeGround(double x, double z, double footprint, SurfaceSample sample) {
    double lateral = x - bend(z);
    double distance = Math.abs(lateral);
    int side = lateral < 0 ? 0 : 1;
    int metre = metre(z);
    double detail = Math.min(1, 0.25 / footprint);
    if (distance < roadHalf) {
      shadeRoad(lateral, z, footprint, detail, sample);
    } else if (distance < roadHalf + sidewalk) {
      shadeSidewalk(lateral, distance - roadHalf, z, footprint, detail, sample);
    } else if (distance < roadHalf + sidewalk + grass[side][metre]) {
      double blade = LatticeHash.noise(seed + 3, x * 2.5, z * 2.5) - 0.5;
      double patch = LatticeHash.noise(seed + 4, x * 0.3, z * 0.3) - 0.5;
      sample.paint(StreetClass.TERRAIN, grassColour, 1 + 0.35 * detail * blade + 0.3 * patch);
    } else {
      double patch = LatticeHash.noise(seed + 4, x * 0.3, z * 0.3) - 0.5;
      sample.paint(StreetClass.TERRAIN, 0x8a7f62, 1 + 0.3 * patch);
    }
    double fromSun = sunSide == 0 ? lateral + roadHalf + sidewalk : roadHalf + sidewalk - lateral;
    if (fromSun < shade[metre]) {
      sample.scale(0.62);
    }
  }

  private void shadeRoad(
      double lateral, double z, double footprint, double detail, SurfaceSample sample) {
    double grain = LatticeHash.noise(seed, lateral * 6, z * 6) - 0.5;
    double patch = LatticeHash.noise(seed + 1, lateral * 0.4, z * 0.15) - 0.5;
    double gray = asphalt * (1 + 0.16 * detail * grain + 0.22 * patch);
    double marking = 0;
    double coverage = Math.min(1, 2 * MARKING_HALF_WIDTH / footprint);
    double reach = Math.max(MARKING_HALF_WIDTH, footprint / 2);
    double dash = z / DASH_PERIOD - Math.floor(z / DASH_PERIOD);
    if (Math.abs(lateral) < reach && dash < 0.5) {
      marking = coverage;
    }
    if (Math.abs(Math.abs(lateral) - (roadHalf - 2.2)) < reach) {
      marking = Math.max(marking, 0.8 * coverage);
    }
    if (z > crossing && z < crossing + 3) {
      double stripe = lateral - Math.floor(lateral);
      marking = Math.max(marking, stripe < 0.5 ? 0.85 * detail + 0.4 * (1 - detail) : 0);
    }
    double value = gray + (0.86 - gray) * 0.9 * marking;
    sample.paint(StreetClass.ROAD, value * 0.98, value, value * 1.02);
  }

  private void shadeSidewalk(
      double lateral,
      double fromCurb,
      double z,
      double footprint,
      double detail,
      SurfaceSample sample) {
    double grain = LatticeHash.noise(seed + 2, lateral * 5, z * 5) - 0.5;
    double brightness = 0.95 + 0.16 * detail * grain;
    if (fromCurb < 0.25) {
      brightness *= 1.15;
    } else if (footprint < 0.12) {
      double acrossTile = fromCurb / 0.7 - Math.floor(fromCurb / 0.7);
      double alongTile = z / 0.7 - Math.floor(z / 0.7);
      brightness *= acrossTile < 0.1 || alongTile < 0.1 ? 0.85 : 1;
    }
    sample.paint(StreetClass.SIDEWALK, pavementColour, brightness);
  }

  void shadeSky(double azimuth, double elevation, SurfaceSample sample) {
    double height = Math.min(1, elevation * 2.2);
    double cloud =
        LatticeHash.noise(seed + 5, azimuth * 3, elevation * 9) * 0.65
            + LatticeHash.noise(seed + 6, azimuth * 9, elevation * 25) * 0.35;
    double white = Math.max(0, Math.min(1, (cloud - 0.75 + cloudiness * 0.5) * 4)) * 0.8;
    double red = 0.80 - 0.42 * height;
    double green = 0.88 - 0.28 * height;
    double blue = 0.97 - 0.10 * height;
    sample.paint(
        StreetClass.SKY,
        red + (0.96 - red) * white,
        green + (0.96 - green) * white,
        blue + (0.97 - blue) * white);
  }
}
