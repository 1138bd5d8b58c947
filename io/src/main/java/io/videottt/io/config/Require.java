package io.videottt.io.config;

import io.videottt.base.InvalidInputException;

/** Range checks of settings; the messages name key, value and range. */
public final class Require {

  private Require() {}

  public static void within(String key, double value, double minimum, double maximum) {
    if (!(value >= minimum && value <= maximum)) {
      throw new InvalidInputException(
          "%s is %s, must be within %s and %s"
              .formatted(key, plain(value), plain(minimum), plain(maximum)));
    }
  }

  /** As {@link #within}, but the maximum is out of the range. */
  public static void below(String key, double value, double minimum, double maximum) {
    if (!(value >= minimum && value < maximum)) {
      throw new InvalidInputException(
          "%s is %s, must be at least %s and below %s"
              .formatted(key, plain(value), plain(minimum), plain(maximum)));
    }
  }

  /** As {@link #within}, but the minimum is out of the range. */
  public static void above(String key, double value, double minimum, double maximum) {
    if (!(value > minimum && value <= maximum)) {
      throw new InvalidInputException(
          "%s is %s, must be above %s and at most %s"
              .formatted(key, plain(value), plain(minimum), plain(maximum)));
    }
  }

  public static void atLeast(String key, long value, long minimum) {
    if (value < minimum) {
      throw new InvalidInputException(
          "%s is %d, must be at least %d".formatted(key, value, minimum));
    }
  }

  public static void present(String key, Object value) {
    if (value == null) {
      throw new InvalidInputException("%s is missing".formatted(key));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
