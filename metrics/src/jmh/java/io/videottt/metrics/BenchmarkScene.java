package io.videottt.metrics;

import java.util.Random;

/** Ellipses over one another, numbered as they were drawn; the same for the same seed. */
final class BenchmarkScene {

  private final int[] areas;

  /**
   * @param shift columns by which every ellipse is moved, as a prediction that is a little off
   */
  BenchmarkScene(int height, int width, int count, long seed, int shift) {
    Random random = new Random(seed);
    areas = new int[height * width];
    for (int number = 1; number < count; number++) {
      double centreX = random.nextDouble() * width + shift;
      double centreY = random.nextDouble() * height;
      double radiusX = width * (0.02 + 0.1 * random.nextDouble());
      double radiusY = height * (0.02 + 0.1 * random.nextDouble());
      int top = (int) Math.max(0, centreY - radiusY);
      int bottom = (int) Math.min(height - 1.0, centreY + radiusY);
      for (int y = top; y <= bottom; y++) {
        double relative = (y - centreY) / radiusY;
        double half = radiusX * Math.sqrt(Math.max(0, 1 - relative * relative));
        int right = (int) Math.min(width - 1.0, centreX + half);
        for (int x = (int) Math.max(0, centreX - half); x <= right; x++) {
          areas[y * width + x] = number;
        }
      }
    }
  }

  /** [height, width] numbers from 0, the background, to the count less one. */
  int[] areas() {
    return areas;
  }
}
