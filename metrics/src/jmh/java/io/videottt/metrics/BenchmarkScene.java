package io.videottt.metrics;

import java.util.Random;

/** Ellipses over one another, numbered as they were drawn; the same for the same seed. */
final class BenchmarkScene {

  private final int height;
  private final int width;
  private final int count;
  private final int[] areas;

  /**
   * @param shift columns by which every ellipse is moved, as a prediction that is a little off
   */
  BenchmarkScene(int height, int width, int count, long seed, int shift) {
    this.height = height;
    this.width = width;
    this.count = count;
    areas = new int[height * width];
    Random random = new Random(seed);
    for (int number = 1; number < count; number++) {
      drawEllipse(number, random, shift);
    }
  }

  private void drawEllipse(int number, Random random, int shift) {
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

  /** Gives a share of the pixels, from 0 to 1, numbers drawn at random. */
  BenchmarkScene speckled(double share, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < areas.length; i++) {
      if (random.nextDouble() < share) {
        areas[i] = random.nextInt(count);
      }
    }
    return this;
  }

  /** [height, width] numbers from 0, the background, to the count less one. */
  int[] areas() {
    return areas;
  }
}
