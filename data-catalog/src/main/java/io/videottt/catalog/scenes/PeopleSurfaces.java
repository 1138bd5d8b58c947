package io.videottt.catalog.scenes;

/** Looks of people on foot and on bicycles. */
final class PeopleSurfaces {

  private static final int SKIN = 0xd2a07e;

  private PeopleSurfaces() {}

  /**
   * A person on foot.
   *
   * @param stride from -1 to 1, how far the legs are apart
   */
  static Surface person(int coat, int trousers, double width, double height, double stride) {
    return (along, up, footprint, sample) -> {
      double x = 2 * along / width - 1;
      double y = up / height;
      double headX = x * width / (0.30 * height * 0.55);
      double headY = (y - 0.925) / 0.075;
      if (headX * headX + headY * headY < 1) {
        sample.paint(StreetClass.PERSON, y > 0.94 ? 0x3b2b20 : SKIN, 1);
      } else if (y > 0.46 && y < 0.85) {
        double half = y > 0.78 ? 0.78 : 0.92;
        boolean body = Math.abs(x) < half;
        if (body) {
          boolean arm = Math.abs(x) > 0.6;
          sample.paint(StreetClass.PERSON, coat, (arm ? 0.75 : 1) * (1 - 0.15 * x));
        } else {
          sample.clear();
        }
      } else if (y <= 0.46) {
        double spread = 0.30 + 0.38 * Math.abs(stride) * (0.46 - y) / 0.46;
        boolean leg = Math.abs(Math.abs(x) - spread) < 0.32;
        if (leg) {
          sample.paint(StreetClass.PERSON, y < 0.05 ? 0x202022 : trousers, x < 0 ? 0.85 : 1.05);
        } else {
          sample.clear();
        }
      } else {
        sample.clear();
      }
    };
  }

  /** A cyclist from the side: rider above, bicycle below. */
  static Surface cyclist(int coat, int trousers, int frame, double width, double height) {
    return (along, up, footprint, sample) -> {
      double x = along - width / 2;
      double radius = 0.36;
      boolean rider = paintRider(x, up / height, height, coat, trousers, sample);
      if (!rider && !paintBicycle(x, up, radius, frame, sample)) {
        sample.clear();
      }
    };
  }

  /** A parked bicycle. */
  static Surface bicycle(int frame, double width) {
    return (along, up, footprint, sample) -> {
      if (!paintBicycle(along - width / 2, up, 0.38, frame, sample)) {
        sample.clear();
      }
    };
  }

  private static boolean paintRider(
      double x, double y, double height, int coat, int trousers, SurfaceSample sample) {
    double headX = (x - 0.16) / 0.14;
    double headY = (y - 0.915) * height / 0.15;
    if (headX * headX + headY * headY < 1) {
      sample.paint(StreetClass.RIDER, y > 0.93 ? 0xd8d040 : SKIN, 1);
      return true;
    }
    double lean = (y - 0.55) * 0.55;
    if (y > 0.52 && y < 0.86 && Math.abs(x - lean) < 0.25) {
      sample.paint(StreetClass.RIDER, coat, 1 - 0.5 * (x - lean));
      return true;
    }
    if (y > 0.66 && y < 0.76 && x > 0 && x < 0.55) {
      sample.paint(StreetClass.RIDER, coat, 0.8);
      return true;
    }
    if (y > 0.2 && y <= 0.56 && Math.abs(x - 0.05 + (y - 0.4) * 0.3) < 0.17) {
      sample.paint(StreetClass.RIDER, trousers, 1);
      return true;
    }
    return false;
  }

  private static boolean paintBicycle(
      double x, double up, double radius, int frame, SurfaceSample sample) {
    double centre = Math.abs(x) - 0.52;
    double rise = up - radius;
    double fromHub = Math.sqrt(centre * centre + rise * rise);
    if (fromHub < radius) {
      boolean tyre = fromHub > radius - 0.11;
      sample.paint(StreetClass.BICYCLE, tyre ? 0x232326 : 0x77797c, 1);
      return true;
    }
    boolean bar = up > radius - 0.06 && up < radius + 0.42 && Math.abs(x) < 0.45;
    boolean handle = up > 0.7 && up < 1.05 && x > 0.40 && x < 0.58;
    if (bar || handle) {
      sample.paint(StreetClass.BICYCLE, frame, 1);
      return true;
    }
    return false;
  }
}
