package io.videottt.metrics;

/**
 * An estimate with its confidence interval, in the unit of the values.
 *
 * @param estimate the value computed from the data itself
 * @param lower lower end
 * @param upper upper end
 */
public record ConfidenceInterval(double estimate, double lower, double upper) {

  /** Whether the interval lies on one side of zero. */
  public boolean excludesZero() {
    return lower > 0 || upper < 0;
  }
}
