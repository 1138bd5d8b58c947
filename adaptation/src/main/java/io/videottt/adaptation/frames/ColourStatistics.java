package io.videottt.adaptation.frames;

import io.videottt.catalog.image.RgbImage;

/**
 * Mean and standard deviation of the three channels within an image, in 0..255; over a set of
 * images the averages of both.
 *
 * @param mean [3] red, green, blue
 * @param deviation [3] red, green, blue
 */
public record ColourStatistics(double[] mean, double[] deviation) {

  /** Of a channel without contrast nothing can be enlarged: it is only shifted. */
  private static final double SMALLEST_DEVIATION = 1e-3;

  /** Of one image. */
  public static ColourStatistics of(RgbImage image) {
    byte[] pixels = image.pixels();
    double count = pixels.length / 3.0;
    long[] sum = new long[3];
    long[] squares = new long[3];
    for (int i = 0; i < pixels.length; i += 3) {
      for (int channel = 0; channel < 3; channel++) {
        int value = pixels[i + channel] & 0xff;
        sum[channel] += value;
        squares[channel] += (long) value * value;
      }
    }
    double[] mean = new double[3];
    double[] deviation = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      mean[channel] = sum[channel] / count;
      double variance = squares[channel] / count - mean[channel] * mean[channel];
      deviation[channel] = Math.sqrt(Math.max(0, variance));
    }
    return new ColourStatistics(mean, deviation);
  }

  /** Average over images; at least one. */
  public static ColourStatistics average(Iterable<RgbImage> images) {
    double[] mean = new double[3];
    double[] deviation = new double[3];
    int count = 0;
    for (RgbImage image : images) {
      ColourStatistics statistics = of(image);
      for (int channel = 0; channel < 3; channel++) {
        mean[channel] += statistics.mean[channel];
        deviation[channel] += statistics.deviation[channel];
      }
      count++;
    }
    for (int channel = 0; channel < 3; channel++) {
      mean[channel] /= count;
      deviation[channel] /= count;
    }
    return new ColourStatistics(mean, deviation);
  }

  /**
   * How far these colours are from others: the Wasserstein distance (2-norm) of the two normal
   * distributions with these means and deviations, channel by channel.
   *
   * @return grey levels, 0 for equal statistics
   */
  public double distance(ColourStatistics other) {
    double squares = 0;
    for (int channel = 0; channel < 3; channel++) {
      double mean = this.mean[channel] - other.mean[channel];
      double deviation = this.deviation[channel] - other.deviation[channel];
      squares += mean * mean + deviation * deviation;
    }
    return Math.sqrt(squares);
  }

  /** Shifts and scales an image's channels so that their mean and deviation become these. */
  public RgbImage match(RgbImage image) {
    ColourStatistics own = of(image);
    double[] scale = new double[3];
    double[] offset = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      scale[channel] =
          own.deviation[channel] < SMALLEST_DEVIATION
              ? 1
              : deviation[channel] / own.deviation[channel];
      offset[channel] = mean[channel] - scale[channel] * own.mean[channel];
    }
    return ColourTransform.perChannel(scale, offset).apply(image);
  }
}
