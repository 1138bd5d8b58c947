package io.videottt.catalog.scenes;

import java.util.ArrayList;
import java.util.List;

/** A street with everything on it, at any time. Immutable once built. */
final class StreetWorld {

  /** Something that moves along the street. */
  @FunctionalInterface
  interface Mover {

    /** Adds what it looks like at a time. */
    void place(double seconds, List<Panel> panels, List<StreetMoment.Shadow> shadows);
  }

  /** Small things farther than this, in metres, would be specks that nobody could tell apart. */
  private static final double SMALL_THINGS_END = 34;

  private final Street street;
  private final List<Panel> panels;
  private final List<StreetMoment.Shadow> shadows;
  private final List<Mover> movers;

  StreetWorld(
      Street street, List<Panel> panels, List<StreetMoment.Shadow> shadows, List<Mover> movers) {
    this.street = street;
    this.panels = List.copyOf(panels);
    this.shadows = List.copyOf(shadows);
    this.movers = List.copyOf(movers);
  }

  Street street() {
    return street;
  }

  /** The street after some seconds, as far as a camera sees it. */
  StreetMoment at(double seconds, double cameraZ) {
    List<Panel> all = new ArrayList<>(panels);
    List<StreetMoment.Shadow> dark = new ArrayList<>(shadows);
    movers.forEach(mover -> mover.place(seconds, all, dark));
    all.removeIf(panel -> panel.small() && panel.z0() > cameraZ + SMALL_THINGS_END);
    return new StreetMoment(street, all, dark);
  }
}
