package io.videottt.catalog.scenes;

/** The look of one side of an object. */
@FunctionalInterface
interface Surface {

  /**
   * Shades a point.
   *
   * @param along metres along the side from its first end
   * @param up metres above its lower edge
   * @param footprint metres that a pixel covers there, to fade details that it cannot show
   * @param sample where the result goes
   */
  void shade(double along, double up, double footprint, SurfaceSample sample);
}
