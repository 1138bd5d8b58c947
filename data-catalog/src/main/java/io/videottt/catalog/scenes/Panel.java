package io.videottt.catalog.scenes;

/**
 * An upright flat side of something in the world; metres, x to the right, y up, z forward.
 *
 * @param x0 first end
 * @param z0 first end
 * @param x1 second end
 * @param z1 second end
 * @param bottom lower edge above the ground
 * @param top upper edge above the ground
 * @param light brightness by its direction to the sun
 * @param instance number of the object it belongs to, 0 for stuff
 * @param small whether it is drawn only nearby, and then at least two pixels wide
 * @param surface its look
 */
record Panel(
    double x0,
    double z0,
    double x1,
    double z1,
    double bottom,
    double top,
    double light,
    int instance,
    boolean small,
    Surface surface) {

  /** Metres from the first to the second end. */
  double length() {
    double dx = x1 - x0;
    double dz = z1 - z0;
    return Math.sqrt(dx * dx + dz * dz);
  }
}
