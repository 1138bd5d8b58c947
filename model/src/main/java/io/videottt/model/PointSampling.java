package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import java.util.random.RandomGenerator;

/**
 * Points of an image and the values of masks there (Kirillov et al., "PointRend", 2020).
 *
 * <p>Points are (x, y) pairs in [0, 1), interleaved; values between pixel centres are bilinear,
 * outside the image masks are 0.
 */
public final class PointSampling {

  private PointSampling() {}

  /** Draws points uniformly: [count * 2]. */
  public static float[] uniform(RandomGenerator random, int count) {
    float[] points = new float[2 * count];
    for (int index = 0; index < points.length; index++) {
      points[index] = random.nextFloat();
    }
    return points;
  }

  /**
   * Samples every channel of every image at the image's own points, differentiably.
   *
   * @param maps [B, C, h, w]
   * @param points [B * P * 2]
   * @return [B, C, P]
   */
  public static NDArray sample(NDArray maps, float[] points) {
    Shape shape = maps.getShape();
    long count = points.length / 2 / shape.get(0);
    float[] grid = new float[points.length];
    for (int index = 0; index < points.length; index++) {
      grid[index] = 2 * points[index] - 1;
    }
    NDManager manager = maps.getManager();
    NDArray locations = NativeArrays.of(manager, grid, new Shape(shape.get(0), 1, count, 2));
    return TensorFunctions.gridSample(maps, locations).reshape(shape.get(0), shape.get(1), count);
  }

  /**
   * Samples a binary mask.
   *
   * @param segment the mask
   * @param points [P * 2]
   * @param from index of the first point
   * @param count number of points
   * @param values receives the values from {@code offset} on
   */
  public static void sample(
      TargetSegment segment, float[] points, int from, int count, float[] values, int offset) {
    for (int point = 0; point < count; point++) {
      int at = 2 * (from + point);
      values[offset + point] = segment.valueAt(points[at], points[at + 1]);
    }
  }
}
