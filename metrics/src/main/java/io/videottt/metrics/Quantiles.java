package io.videottt.metrics;

import java.util.function.DoubleUnaryOperator;

/** Two-sided quantiles of the normal and of Student's distribution, by numerical integration. */
final class Quantiles {

  /** Steps of the trapezoidal rule; the error is far below a thousandth of a quantile. */
  private static final int STEPS = 4096;

  /** In standard deviations: what lies further out is no matter. */
  private static final double LARGEST_DEVIATION = 8;

  /** From here on Student's distribution is the normal one to a thousandth. */
  private static final double MANY = 1000;

  private Quantiles() {}

  /** The z with a share of the normal distribution between -z and z. */
  static double normal(double share) {
    return invert(z -> Math.exp(-z * z / 2), LARGEST_DEVIATION, share);
  }

  /**
   * The t with a share of Student's distribution between -t and t.
   *
   * @param degreesOfFreedom at least 1, not necessarily whole
   */
  static double student(double degreesOfFreedom, double share) {
    if (!(degreesOfFreedom >= 1)) {
      throw new IllegalArgumentException(
          "degreesOfFreedom is %s, expected 1 or more".formatted(degreesOfFreedom));
    }
    if (degreesOfFreedom > MANY) {
      return normal(share);
    }
    // With t = sqrt(df) tan(angle) the density is a power of the cosine.
    double angle = invert(a -> Math.pow(Math.cos(a), degreesOfFreedom - 1), Math.PI / 2, share);
    return Math.sqrt(degreesOfFreedom) * Math.tan(angle);
  }

  /** Up to where from 0 a density holds a share of what it holds up to its end. */
  private static double invert(DoubleUnaryOperator density, double end, double share) {
    double step = end / STEPS;
    double[] mass = new double[STEPS + 1];
    double before = density.applyAsDouble(0);
    for (int i = 1; i <= STEPS; i++) {
      double after = density.applyAsDouble(i * step);
      mass[i] = mass[i - 1] + (before + after) / 2;
      before = after;
    }
    double wanted = share * mass[STEPS];
    int i = 1;
    while (mass[i] < wanted) {
      i++;
    }
    return step * (i - 1 + (wanted - mass[i - 1]) / (mass[i] - mass[i - 1]));
  }
}
