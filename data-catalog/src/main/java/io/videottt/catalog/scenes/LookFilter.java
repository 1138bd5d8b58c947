package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.image.RgbImage;

/** Turns a scene in daylight into the picture that a camera takes under a {@link Look}. */
final class LookFilter {

  private static final double CLEAR_NOISE = 0.012;
  private static final double HEAVY_NOISE = 0.13;
  private static final int FOG_STEPS = 512;

  private final Look look;
  private final long seed;
  private final double[] fogByDepth = new double[FOG_STEPS + 1];

  /**
   * A filter for one frame.
   *
   * @param seed of noise and rain drops, another one for every frame
   */
  LookFilter(Look look, long seed) {
    this.look = look;
    this.seed = seed;
    double density = 0.075 * look.fog() + 0.012 * look.rain();
    for (int i = 0; i <= FOG_STEPS; i++) {
      double depth = SceneImage.SKY_DEPTH * i / FOG_STEPS;
      fogByDepth[i] = 1 - StrictMath.exp(-density * depth);
    }
  }

  RgbImage apply(SceneImage scene) {
    int height = scene.height();
    int width = scene.width();
    double[] colour = new double[height * width * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        light(scene, x, y, colour);
      }
    }
    if (look.rain() > 0) {
      wetRoad(scene, colour);
      streaks(height, width, colour);
    }
    return new RgbImage(height, width, expose(colour));
  }

  private void light(SceneImage scene, int x, int y, double[] colour) {
    int pixel = y * scene.width() + x;
    double red = scene.colour()[pixel * 3];
    double green = scene.colour()[pixel * 3 + 1];
    double blue = scene.colour()[pixel * 3 + 2];
    double dusk = look.dusk();
    double rain = look.rain();
    boolean sky = scene.labels()[pixel] == StreetClass.SKY;
    if (sky) {
      double up = Math.min(1, Math.max(0, (scene.horizon() - y) / scene.horizon()));
      red = mix(red, 0.62 - 0.08 * up, 0.9 * rain);
      green = mix(green, 0.64 - 0.08 * up, 0.9 * rain);
      blue = mix(blue, 0.67 - 0.08 * up, 0.9 * rain);
      red = mix(red, 0.60 - 0.50 * up, dusk);
      green = mix(green, 0.34 - 0.22 * up, dusk);
      blue = mix(blue, 0.30 - 0.02 * up, dusk);
    } else {
      double gray = 0.3 * red + 0.55 * green + 0.15 * blue;
      red = mix(red, gray, 0.4 * rain) * (1 - 0.30 * rain);
      green = mix(green, gray, 0.4 * rain) * (1 - 0.27 * rain);
      blue = mix(blue, gray, 0.4 * rain) * (1 - 0.22 * rain);
      double across = (x - scene.width() / 2.0) / scene.width();
      double beam = 0.30 / (1 + scene.depth()[pixel] / 6) * (1 - 1.6 * across * across);
      red *= 1 - dusk * (0.84 - beam);
      green *= 1 - dusk * (0.81 - beam);
      blue *= 1 - dusk * (0.70 - 0.8 * beam);
      double glow = dusk * scene.emission()[pixel];
      red = mix(red, 1.0, 0.85 * glow);
      green = mix(green, 0.82, 0.85 * glow);
      blue = mix(blue, 0.5, 0.85 * glow);
    }
    double veil = fogAt(scene.depth()[pixel]);
    double daylight = 1 - 0.75 * dusk;
    colour[pixel * 3] = mix(red, 0.76 * daylight, veil);
    colour[pixel * 3 + 1] = mix(green, 0.78 * daylight, veil);
    colour[pixel * 3 + 2] = mix(blue, 0.80 * daylight, veil);
  }

  private double fogAt(double depth) {
    double position = Math.min(FOG_STEPS, depth / SceneImage.SKY_DEPTH * FOG_STEPS);
    int step = Math.min(FOG_STEPS - 1, (int) position);
    return mix(fogByDepth[step], fogByDepth[step + 1], position - step);
  }

  /** The wet road mirrors what stands above the horizon. */
  private void wetRoad(SceneImage scene, double[] colour) {
    int width = scene.width();
    double[] source = colour.clone();
    for (int y = 0; y < scene.height(); y++) {
      int mirrored = (int) Math.max(0, Math.floor(2 * scene.horizon() - y));
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        boolean wet = scene.labels()[pixel] <= StreetClass.SIDEWALK;
        if (!wet || mirrored >= y) {
          continue;
        }
        double strength = look.rain() * (scene.labels()[pixel] == StreetClass.ROAD ? 0.5 : 0.25);
        for (int channel = 0; channel < 3; channel++) {
          double reflected = source[(mirrored * width + x) * 3 + channel];
          colour[pixel * 3 + channel] = mix(source[pixel * 3 + channel], reflected, strength);
        }
      }
    }
  }

  private void streaks(int height, int width, double[] colour) {
    int count = (int) (look.rain() * height * width / 90);
    for (int i = 0; i < count; i++) {
      int x = (int) (LatticeHash.uniform(seed, i, 1) * width);
      int y = (int) (LatticeHash.uniform(seed, i, 2) * height);
      int length = 3 + (int) (LatticeHash.uniform(seed, i, 3) * 6);
      for (int j = 0; j < length && y + j < height; j++) {
        int column = Math.max(0, x - j / 3);
        for (int channel = 0; channel < 3; channel++) {
          int index = ((y + j) * width + column) * 3 + channel;
          colour[index] = mix(colour[index], 0.85, 0.28);
        }
      }
    }
  }

  private byte[] expose(double[] colour) {
    byte[] pixels = new byte[colour.length];
    double sigma = CLEAR_NOISE + (HEAVY_NOISE - CLEAR_NOISE) * look.noise() + 0.03 * look.dusk();
    double[] gains = {1 + 0.30 * look.cast(), 1 - 0.06 * look.cast(), 1 - 0.55 * look.cast()};
    for (int i = 0; i < colour.length; i++) {
      double value = colour[i] * gains[i % 3] + sigma * LatticeHash.gaussian(seed, i);
      pixels[i] = (byte) (int) (Math.max(0, Math.min(1, value)) * 255 + 0.5);
    }
    return pixels;
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
