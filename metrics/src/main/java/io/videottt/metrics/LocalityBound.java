package io.videottt.metrics;

/**
 * The bound behind the window size (method.md, Section 8): with a main loss that is alpha-strongly
 * convex in the parameters and whose gradient is beta-Lipschitz in the frame, neighbouring frames
 * at most eta apart, and a self-supervised gradient that equals the main one up to noise of mean 0
 * and variance sigma^2,
 *
 * <pre>E[l_m(theta) - l_m(theta*)] &lt;= (k^2 beta^2 eta^2 + sigma^2 / k) / (2 alpha)</pre>
 *
 * for the parameters that minimise the self-supervised loss over a window of k frames: a bias that
 * grows with the window against a variance that shrinks.
 *
 * @param step eta, the distance of neighbouring frames, at least 0
 * @param sensitivity beta, the change of the main loss's gradient per change of the frame, in the
 *     same distance, at least 0
 * @param variance sigma^2, the variance of the difference of the two gradients, at least 0
 */
public record LocalityBound(double step, double sensitivity, double variance) {

  /** Checks the values. */
  public LocalityBound {
    requireConstant("step", step);
    requireConstant("sensitivity", sensitivity);
    requireConstant("variance", variance);
  }

  private static void requireConstant(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("%s is %s, must be 0 or above".formatted(name, value));
    }
  }

  /** beta * eta, the change of the main loss's gradient from one frame to the next. */
  public double drift() {
    return sensitivity * step;
  }

  /**
   * The bound on the excess loss.
   *
   * @param window k, above 0
   * @param convexity alpha, above 0
   */
  public double excess(double window, double convexity) {
    if (!(window > 0 && convexity > 0)) {
      throw new IllegalArgumentException(
          "window %s and convexity %s must be above 0".formatted(window, convexity));
    }
    double bias = window * drift();
    return (bias * bias + variance / window) / (2 * convexity);
  }

  /**
   * The best window as the paper gives it, (sigma^2 / (beta^2 eta^2))^(1/3): up to a constant of
   * order 1, see {@link #minimiser}. Infinite where the gradient does not drift.
   */
  public double predictedWindow() {
    return drift() == 0 ? Double.POSITIVE_INFINITY : Math.cbrt(variance / (drift() * drift()));
  }

  /** Where {@link #excess} is least exactly: the cube root of 1/2, 0.79, times the paper's. */
  public double minimiser() {
    return predictedWindow() / Math.cbrt(2);
  }
}
