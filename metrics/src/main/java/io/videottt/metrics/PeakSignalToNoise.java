package io.videottt.metrics;

import java.util.OptionalDouble;

/**
 * Peak signal-to-noise ratio of images with values 0 to 255, in decibels: {@code 10 log10(255^2 /
 * MSE)}, as scikit-image's {@code peak_signal_noise_ratio(truth, image, data_range=255)}. It is of
 * a sum of squared errors, so that frames pool exactly.
 */
public final class PeakSignalToNoise {

  private static final double PEAK = 255;
  private static final double DECIBELS = 10;

  private PeakSignalToNoise() {}

  /**
   * The sum of the squared differences of all values.
   *
   * @param truth any number of unsigned bytes
   * @param image as many
   */
  public static long squaredError(byte[] truth, byte[] image) {
    if (truth.length != image.length) {
      throw new IllegalArgumentException(
          "%d values compared with %d".formatted(truth.length, image.length));
    }
    long sum = 0;
    for (int i = 0; i < truth.length; i++) {
      int difference = (truth[i] & 0xFF) - (image[i] & 0xFF);
      sum += (long) difference * difference;
    }
    return sum;
  }

  /**
   * The ratio.
   *
   * @param squaredError sum of the squared differences
   * @param samples number of values that were compared
   * @return decibels; empty without any sample, and without any error, where it is infinite
   */
  public static OptionalDouble of(long squaredError, long samples) {
    return squaredError == 0 || samples == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(DECIBELS * Math.log10(PEAK * PEAK * samples / squaredError));
  }
}
