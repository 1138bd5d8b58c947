package io.videottt.catalog.scenes;

import java.util.Arrays;
import java.util.List;

/** A street at one point in time: everything that the renderer draws. */
final class StreetMoment {

  private static final double SHADOW = 0.55;

  /**
   * The dark patch under an object.
   *
   * @param x centre
   * @param z centre
   * @param halfWidth half its extent along x
   * @param halfLength half its extent along z
   */
  record Shadow(double x, double z, double halfWidth, double halfLength) {}

  private final Street street;
  private final List<Panel> panels;

  /** [metres] the shadows that touch each metre of the street. */
  private final Shadow[][] shadows = new Shadow[Street.END - Street.START][];

  StreetMoment(Street street, List<Panel> panels, List<Shadow> shadows) {
    this.street = street;
    this.panels = List.copyOf(panels);
    for (Shadow shadow : shadows) {
      int first = Street.metre(shadow.z() - shadow.halfLength());
      int last = Street.metre(shadow.z() + shadow.halfLength());
      for (int metre = first; metre <= last; metre++) {
        Shadow[] known = this.shadows[metre] == null ? new Shadow[0] : this.shadows[metre];
        Shadow[] extended = Arrays.copyOf(known, known.length + 1);
        extended[known.length] = shadow;
        this.shadows[metre] = extended;
      }
    }
  }

  List<Panel> panels() {
    return panels;
  }

  void shadeSky(double azimuth, double elevation, SurfaceSample sample) {
    street.shadeSky(azimuth, elevation, sample);
  }

  void shadeGround(double x, double z, double footprint, SurfaceSample sample) {
    street.shadeGround(x, z, footprint, sample);
    Shadow[] near = shadows[Street.metre(z)];
    if (near == null) {
      return;
    }
    for (Shadow shadow : near) {
      double dz = (z - shadow.z()) / shadow.halfLength();
      if (dz < 1 && dz > -1) {
        double dx = (x - shadow.x()) / shadow.halfWidth();
        double distance = dx * dx + dz * dz;
        if (distance < 1) {
          sample.scale(1 - SHADOW * (1 - distance * distance));
        }
      }
    }
  }
}
