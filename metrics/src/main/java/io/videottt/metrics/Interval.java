package io.videottt.metrics;

import java.util.Optional;

/**
 * A confidence interval in the unit of the values, or the reason why there is none.
 *
 * @param lower lower end, NaN where there is none
 * @param upper upper end, NaN where there is none
 * @param reason why there is none, in words that follow "no interval: "; empty where there is one
 */
public record Interval(double lower, double upper, String reason) {

  /** An interval with ends. */
  public static Interval of(double lower, double upper) {
    return new Interval(lower, upper, "");
  }

  /** No interval. */
  public static Interval none(String reason) {
    if (reason.isEmpty()) {
      throw new IllegalArgumentException("an interval is missing without a reason");
    }
    return new Interval(Double.NaN, Double.NaN, reason);
  }

  /** Whether there are ends. */
  public boolean exists() {
    return reason.isEmpty();
  }

  /** Why there is none; empty where there is one. */
  public Optional<String> gap() {
    return exists() ? Optional.empty() : Optional.of(reason);
  }

  /** Whether the interval lies on one side of zero; one that does not exist lies nowhere. */
  public boolean excludesZero() {
    return lower > 0 || upper < 0;
  }
}
