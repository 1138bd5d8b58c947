package io.videottt.catalog.scenes;

/** What a surface shows at one point; written by {@link Surface#shade} and reused. */
final class SurfaceSample {

  private double red;
  private double green;
  private double blue;
  private double emission;
  private int label;
  private boolean opaque;

  /** Nothing is here: what lies behind shows through. */
  void clear() {
    opaque = false;
  }

  /** Paints the point in daylight colours, each from 0 to 1. */
  void paint(int classId, double r, double g, double b) {
    label = classId;
    red = r;
    green = g;
    blue = b;
    emission = 0;
    opaque = true;
  }

  /** Paints the point with a colour of 0xRRGGBB scaled by a brightness. */
  void paint(int classId, int rgb, double brightness) {
    double scale = brightness / 255;
    paint(classId, (rgb >> 16) * scale, (rgb >> 8 & 0xff) * scale, (rgb & 0xff) * scale);
  }

  /** Makes the point a lamp or a lit window, seen only when it is dark. */
  void glow(double strength) {
    emission = strength;
  }

  void scale(double factor) {
    red *= factor;
    green *= factor;
    blue *= factor;
  }

  double red() {
    return red;
  }

  double green() {
    return green;
  }

  double blue() {
    return blue;
  }

  double emission() {
    return emission;
  }

  int label() {
    return label;
  }

  boolean opaque() {
    return opaque;
  }
}
