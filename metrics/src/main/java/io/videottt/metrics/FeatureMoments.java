package io.videottt.metrics;

/**
 * The mean and the covariance of feature vectors that go by one after the other: all that the
 * Frechet distance asks of a set of images. Updated by Welford's method, which does not lose digits
 * where means are large, so that nothing but D x D numbers is remembered of any number of vectors.
 */
public final class FeatureMoments {

  /** D at most: a covariance of 512 MB. */
  public static final int MOST_FEATURES = 8192;

  private final double[] mean;

  /** [D * D]; the upper triangle of the sums of products of deviations from the mean. */
  private final double[] products;

  private long count;

  /**
   * Moments of nothing yet.
   *
   * @param features D, from 1 to {@link #MOST_FEATURES}
   */
  public FeatureMoments(int features) {
    if (features < 1 || features > MOST_FEATURES) {
      throw new IllegalArgumentException(
          "%d features, not 1 to %d".formatted(features, MOST_FEATURES));
    }
    this.mean = new double[features];
    this.products = new double[features * features];
  }

  /**
   * Adds the features of one image.
   *
   * @param features [D], finite
   */
  public void add(float[] features) {
    requireFeatures(features.length);
    count++;
    double[] before = new double[features.length];
    double[] after = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      before[i] = features[i] - mean[i];
      mean[i] += before[i] / count;
      after[i] = features[i] - mean[i];
    }
    for (int row = 0; row < before.length; row++) {
      double deviation = before[row];
      int first = row * before.length;
      for (int column = row; column < before.length; column++) {
        products[first + column] += deviation * after[column];
      }
    }
  }

  /** D. */
  public int features() {
    return mean.length;
  }

  /** Vectors added. */
  public long count() {
    return count;
  }

  /** [D]; zeros of nothing. */
  public double[] mean() {
    return mean.clone();
  }

  /**
   * The unbiased covariance: divided by one less than the number of vectors, as numpy's {@code cov}
   * does it.
   *
   * @return [D * D], symmetric
   * @throws IllegalStateException of fewer than two vectors
   */
  public double[] covariance() {
    if (count < 2) {
      throw new IllegalStateException("%d vectors have no covariance".formatted(count));
    }
    int side = mean.length;
    double[] covariance = new double[products.length];
    for (int row = 0; row < side; row++) {
      for (int column = row; column < side; column++) {
        double value = products[row * side + column] / (count - 1);
        covariance[row * side + column] = value;
        covariance[column * side + row] = value;
      }
    }
    return covariance;
  }

  private void requireFeatures(int given) {
    if (given != mean.length) {
      throw new IllegalArgumentException(
          "%d features beside others of %d".formatted(given, mean.length));
    }
  }
}
