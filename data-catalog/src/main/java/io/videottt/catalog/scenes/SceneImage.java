package io.videottt.catalog.scenes;

/**
 * A rendered scene in daylight, before weather and camera.
 *
 * @param height rows
 * @param width columns
 * @param colour [height, width, 3] from 0 to 1
 * @param emission [height, width] strength of lamps and lit windows
 * @param depth [height, width] metres to the surface, {@link #SKY_DEPTH} for the sky
 * @param labels [height, width] training ids
 * @param instances [height, width] object numbers, 0 for stuff
 * @param horizon row of the horizon
 */
public record SceneImage(
    int height,
    int width,
    float[] colour,
    float[] emission,
    float[] depth,
    byte[] labels,
    short[] instances,
    double horizon) {

  static final float SKY_DEPTH = 400;
}
