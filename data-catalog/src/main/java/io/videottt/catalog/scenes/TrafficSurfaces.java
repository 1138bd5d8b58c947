package io.videottt.catalog.scenes;

/** Looks of poles, signs, traffic lights and cars. */
final class TrafficSurfaces {

  private static final int TYRE = 0x1c1c1e;
  private static final int GLASS = 0x2a3138;

  private TrafficSurfaces() {}

  /** A round post, darker towards its edges. */
  static Surface pole(int colour, double width) {
    return (along, up, footprint, sample) -> {
      double side = 2 * along / width - 1;
      sample.paint(StreetClass.POLE, colour, 1.05 - 0.3 * side * side);
    };
  }

  /** A sign: round with a red border, a triangle, or a blue square. */
  static Surface sign(int kind, double size) {
    return (along, up, footprint, sample) -> {
      double x = 2 * along / size - 1;
      double y = 2 * up / size - 1;
      switch (kind) {
        case 0 -> {
          double radius = x * x + y * y;
          if (radius > 1) {
            sample.clear();
          } else {
            sample.paint(StreetClass.TRAFFIC_SIGN, radius > 0.5 ? 0xc8202a : 0xf2f0ec, 1);
          }
        }
        case 1 -> {
          double half = (1 - y) / 2;
          if (Math.abs(x) > half) {
            sample.clear();
          } else {
            boolean border = Math.abs(x) > half - 0.28 || y < -0.72;
            sample.paint(StreetClass.TRAFFIC_SIGN, border ? 0xc8202a : 0xf4ecd0, 1);
          }
        }
        default -> {
          boolean arrow = Math.abs(x) < 0.22 && Math.abs(y) < 0.6;
          sample.paint(StreetClass.TRAFFIC_SIGN, arrow ? 0xf0f0f0 : 0x1f4fae, 1);
        }
      }
    };
  }

  /** Three lamps in a dark box; one is lit. */
  static Surface trafficLight(int lit, double width, double height) {
    return (along, up, footprint, sample) -> {
      double x = (along - width / 2) / (height / 6);
      double position = up / height * 3;
      int lamp = Math.min(2, (int) position);
      double y = (position - lamp - 0.5) * 2;
      sample.paint(StreetClass.TRAFFIC_LIGHT, 0x23282a, 1);
      if (x * x + y * y < 0.8) {
        int[] colours = {0x35d07a, 0xf0b030, 0xf03a30};
        boolean on = lamp == lit;
        sample.paint(StreetClass.TRAFFIC_LIGHT, colours[lamp], on ? 1 : 0.28);
        sample.glow(on ? 0.9 : 0);
      }
    };
  }

  /** A car from behind or from the front. */
  static Surface carEnd(int colour, double width, double height, boolean rear) {
    return (along, up, footprint, sample) -> {
      double x = Math.abs(2 * along / width - 1);
      double y = up / height;
      double half = y > 0.52 ? 0.95 - 0.45 * (y - 0.52) : 1;
      boolean underneath = y < 0.16;
      if (x > half || underneath && x < 0.58 && y < 0.09) {
        sample.clear();
      } else if (underneath) {
        sample.paint(StreetClass.CAR, TYRE, 1);
      } else if (y > 0.57 && y < 0.92 && x < half - 0.12) {
        sample.paint(StreetClass.CAR, GLASS, 0.9 + 1.2 * (y - 0.57));
      } else if (y > 0.36 && y < 0.5 && x > 0.68) {
        sample.paint(StreetClass.CAR, rear ? 0xb01818 : 0xf4f2e6, 1);
        sample.glow(rear ? 0.6 : 1);
      } else if (y > 0.24 && y < 0.34 && x < 0.28) {
        sample.paint(StreetClass.CAR, 0xe8e4d0, 0.95);
      } else if (y < 0.3) {
        sample.paint(StreetClass.CAR, colour, 0.6);
      } else {
        sample.paint(StreetClass.CAR, colour, 0.85 + 0.3 * y);
      }
    };
  }

  /** A car from the side. */
  static Surface carSide(int colour, double length, double height) {
    return (along, up, footprint, sample) -> {
      double x = along / length;
      double y = up / height;
      double roofStart = 0.16 + 0.34 * Math.max(0, y - 0.55);
      double roofEnd = 0.82 - 0.42 * Math.max(0, y - 0.55);
      boolean cabin = y > 0.55;
      double wheelRadius = 0.34;
      double fromFront = (x - 0.2) * length;
      double fromBack = (x - 0.8) * length;
      double rise = up - wheelRadius;
      boolean wheel =
          fromFront * fromFront + rise * rise < wheelRadius * wheelRadius
              || fromBack * fromBack + rise * rise < wheelRadius * wheelRadius;
      if (wheel) {
        sample.paint(StreetClass.CAR, TYRE, 1);
      } else if (y < 0.14 || cabin && (x < roofStart || x > roofEnd)) {
        sample.clear();
      } else if (cabin && y < 0.93 && x > roofStart + 0.03 && x < roofEnd - 0.03) {
        boolean post = Math.abs(x - 0.5) < 0.02;
        sample.paint(StreetClass.CAR, post ? colour : GLASS, post ? 0.7 : 1.1);
      } else {
        sample.paint(StreetClass.CAR, colour, 0.72 + 0.3 * y);
      }
    };
  }
}
