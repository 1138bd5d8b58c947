package io.videottt.metrics;

import java.util.Optional;

/**
 * Structural similarity (Wang et al., "Image Quality Assessment: From Error Visibility to
 * Structural Similarity", 2004) of colour images, as scikit-image 0.26 computes it by {@code
 * structural_similarity(truth, image, gaussian_weights=True, sigma=1.5,
 * use_sample_covariance=False, data_range=255, channel_axis=-1)}: a Gaussian window of standard
 * deviation 1.5, cut off 5 pixels from its middle ({@code truncate=3.5}), K1 = 0.01, K2 = 0.03, the
 * map averaged over the three channels and over the pixels whose window lies within the image.
 *
 * <p>The sum over the map is kept, so that frames of different sizes pool exactly.
 */
public final class StructuralSimilarity {

  private static final int CHANNELS = 3;
  private static final int RADIUS = 5;
  private static final int WINDOW = 2 * RADIUS + 1;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;
  private static final double[] WEIGHTS = weights();

  /** Smoothed: truth, image, the sum of their squares, their product. */
  private static final int MOMENTS = 4;

  private final int height;
  private final int columns;
  private final int width;

  /** [WINDOW, MOMENTS, columns], rows smoothed along themselves; a ring over the latest ones. */
  private final double[][][] rows;

  /**
   * A sum over the similarity map.
   *
   * @param similarity sum of the map's values, each at most 1
   * @param samples number of the map's values
   */
  public record Sum(double similarity, long samples) {

    /** The mean of the map. */
    public double mean() {
      return similarity / samples;
    }
  }

  private StructuralSimilarity(int height, int width) {
    this.height = height;
    this.width = width;
    this.columns = width - 2 * RADIUS;
    this.rows = new double[WINDOW][MOMENTS][columns];
  }

  /**
   * Compares two images.
   *
   * @param truth [height * width * 3] unsigned bytes
   * @param image of the same size
   * @return empty where a side is shorter than the window, 11 pixels
   */
  public static Optional<Sum> of(byte[] truth, byte[] image, int height, int width) {
    int length = Math.multiplyExact(CHANNELS, Math.multiplyExact(height, width));
    if (truth.length != length || image.length != length) {
      throw new IllegalArgumentException(
          "images of %d x %d have %d bytes, not %d and %d"
              .formatted(height, width, length, truth.length, image.length));
    }
    if (height < WINDOW || width < WINDOW) {
      return Optional.empty();
    }
    StructuralSimilarity similarity = new StructuralSimilarity(height, width);
    double sum = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      sum += similarity.ofChannel(truth, image, channel);
    }
    return Optional.of(
        new Sum(sum, (long) CHANNELS * (height - 2 * RADIUS) * (width - 2 * RADIUS)));
  }

  private double ofChannel(byte[] truth, byte[] image, int channel) {
    double sum = 0;
    for (int row = 0; row < height; row++) {
      smoothAlong(truth, image, row, channel);
      if (row >= WINDOW - 1) {
        sum += mapRow(row - WINDOW + 1);
      }
    }
    return sum;
  }

  private void smoothAlong(byte[] truth, byte[] image, int row, int channel) {
    double[][] target = rows[row % WINDOW];
    int start = row * width * CHANNELS + channel;
    for (int column = 0; column < columns; column++) {
      double x = 0;
      double y = 0;
      double squares = 0;
      double product = 0;
      int at = start + column * CHANNELS;
      for (int tap = 0; tap < WINDOW; tap++, at += CHANNELS) {
        double a = truth[at] & 0xFF;
        double b = image[at] & 0xFF;
        double weight = WEIGHTS[tap];
        x += weight * a;
        y += weight * b;
        squares += weight * (a * a + b * b);
        product += weight * (a * b);
      }
      target[0][column] = x;
      target[1][column] = y;
      target[2][column] = squares;
      target[3][column] = product;
    }
  }

  /** The sum of the map's row whose window begins at a row of the images. */
  private double mapRow(int first) {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      double x = 0;
      double y = 0;
      double squares = 0;
      double product = 0;
      for (int tap = 0; tap < WINDOW; tap++) {
        double[][] row = rows[(first + tap) % WINDOW];
        double weight = WEIGHTS[tap];
        x += weight * row[0][column];
        y += weight * row[1][column];
        squares += weight * row[2][column];
        product += weight * row[3][column];
      }
      double means = x * x + y * y;
      double covariance = product - x * y;
      sum += (2 * x * y + C1) * (2 * covariance + C2) / ((means + C1) * (squares - means + C2));
    }
    return sum;
  }

  private static double[] weights() {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int tap = 0; tap < WINDOW; tap++) {
      double distance = tap - RADIUS;
      weights[tap] = Math.exp(-0.5 / (SIGMA * SIGMA) * distance * distance);
      sum += weights[tap];
    }
    for (int tap = 0; tap < WINDOW; tap++) {
      weights[tap] /= sum;
    }
    return weights;
  }
}
