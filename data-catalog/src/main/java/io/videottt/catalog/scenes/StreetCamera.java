package io.videottt.catalog.scenes;

/**
 * A camera above the road, looking along it. A pitch moves the horizon instead of tilting the
 * image, so that upright edges stay columns.
 *
 * @param x metres to the right
 * @param z metres forward
 * @param sine of the heading, positive to the right
 * @param cosine of the heading
 * @param horizon row of the horizon as a share of the image's height
 */
record StreetCamera(double x, double z, double sine, double cosine, double horizon) {

  /** Metres above the ground. */
  static final double HEIGHT = 1.5;

  /** Focal length as a share of the image's width: about 64 degrees across. */
  static final double FOCAL_LENGTH = 0.8;

  /** Right of the camera. */
  double right(double worldX, double worldZ) {
    return (worldX - x) * cosine - (worldZ - z) * sine;
  }

  /** In front of the camera. */
  double depth(double worldX, double worldZ) {
    return (worldX - x) * sine + (worldZ - z) * cosine;
  }
}
