package io.videottt.adaptation.frames;

import io.videottt.catalog.image.RgbImage;
import java.util.random.RandomGenerator;

/**
 * An affine change of colour: y = M x + b on red, green, blue in 0..255, clipped to that range by
 * the user. Brightness, contrast, saturation and hue jitter are all of this form, so any
 * combination costs one small matrix product per pixel.
 */
public final class ColourTransform {

  private static final double LUMA_RED = 0.299;
  private static final double LUMA_GREEN = 0.587;
  private static final double LUMA_BLUE = 0.114;

  /** Hue jitter is a quarter of the other jitters' strength, as common recipes have it. */
  private static final double HUE_SHARE = 0.25;

  private static final ColourTransform IDENTITY =
      new ColourTransform(new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0});

  /** [3 rows, 3 columns and the offset], row by row. */
  private final float[] matrix;

  private ColourTransform(float[] matrix) {
    this.matrix = matrix;
  }

  /** Leaves colours alone. */
  static ColourTransform identity() {
    return IDENTITY;
  }

  boolean isIdentity() {
    return this == IDENTITY;
  }

  /** Scales and shifts each channel on its own. */
  static ColourTransform perChannel(double[] scale, double[] offset) {
    float[] matrix = new float[12];
    for (int channel = 0; channel < 3; channel++) {
      matrix[channel * 4 + channel] = (float) scale[channel];
      matrix[channel * 4 + 3] = (float) offset[channel];
    }
    return new ColourTransform(matrix);
  }

  /**
   * Random brightness, contrast and saturation factors within 1 - strength and 1 + strength and a
   * rotation of hue within a quarter of strength of a full turn, applied in this order.
   *
   * @param random source of four numbers, drawn whatever the strength is
   * @param image the image that contrast is taken relative to
   * @param strength within 0 and 1
   */
  public static ColourTransform jitter(RandomGenerator random, RgbImage image, double strength) {
    double brightness = 1 + strength * (2 * random.nextDouble() - 1);
    double contrast = 1 + strength * (2 * random.nextDouble() - 1);
    double saturation = 1 + strength * (2 * random.nextDouble() - 1);
    double angle = 2 * Math.PI * HUE_SHARE * strength * (2 * random.nextDouble() - 1);
    if (strength == 0) {
      return IDENTITY;
    }
    double grey = brightness * meanLuma(image) * (1 - contrast);
    double gain = brightness * contrast;
    double[][] colour = multiply(hueRotation(angle), saturation(saturation));
    float[] matrix = new float[12];
    for (int row = 0; row < 3; row++) {
      double rowSum = 0;
      for (int column = 0; column < 3; column++) {
        matrix[row * 4 + column] = (float) (gain * colour[row][column]);
        rowSum += colour[row][column];
      }
      matrix[row * 4 + 3] = (float) (grey * rowSum);
    }
    return new ColourTransform(matrix);
  }

  /** A channel (0 red, 1 green, 2 blue) of the changed colour, clipped to 0..255. */
  float apply(int channel, float red, float green, float blue) {
    int row = channel * 4;
    float value =
        matrix[row] * red + matrix[row + 1] * green + matrix[row + 2] * blue + matrix[row + 3];
    return Math.max(0f, Math.min(255f, value));
  }

  /** The changed image, rounded to bytes. */
  RgbImage apply(RgbImage image) {
    byte[] source = image.pixels();
    byte[] target = new byte[source.length];
    for (int i = 0; i < source.length; i += 3) {
      float red = source[i] & 0xff;
      float green = source[i + 1] & 0xff;
      float blue = source[i + 2] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        target[i + channel] = (byte) Math.round(apply(channel, red, green, blue));
      }
    }
    return new RgbImage(image.height(), image.width(), target);
  }

  private static double meanLuma(RgbImage image) {
    byte[] pixels = image.pixels();
    double sum = 0;
    for (int i = 0; i < pixels.length; i += 3) {
      sum +=
          LUMA_RED * (pixels[i] & 0xff)
              + LUMA_GREEN * (pixels[i + 1] & 0xff)
              + LUMA_BLUE * (pixels[i + 2] & 0xff);
    }
    int count = pixels.length / 3;
    return sum / count;
  }

  private static double[][] saturation(double factor) {
    double[] luma = {LUMA_RED, LUMA_GREEN, LUMA_BLUE};
    double[][] matrix = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        matrix[row][column] = (1 - factor) * luma[column] + (row == column ? factor : 0);
      }
    }
    return matrix;
  }

  /** Rotation of the chroma plane of YIQ; luma stays. */
  private static double[][] hueRotation(double angle) {
    double cosine = Math.cos(angle);
    double sine = Math.sin(angle);
    double[][] toYiq = {{0.299, 0.587, 0.114}, {0.596, -0.274, -0.322}, {0.211, -0.523, 0.312}};
    double[][] toRgb = {{1, 0.956, 0.621}, {1, -0.272, -0.647}, {1, -1.107, 1.704}};
    double[][] rotation = {{1, 0, 0}, {0, cosine, -sine}, {0, sine, cosine}};
    return multiply(toRgb, multiply(rotation, toYiq));
  }

  private static double[][] multiply(double[][] left, double[][] right) {
    double[][] product = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        for (int inner = 0; inner < 3; inner++) {
          product[row][column] += left[row][inner] * right[inner][column];
        }
      }
    }
    return product;
  }
}
