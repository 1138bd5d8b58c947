package io.videottt.adaptation;

import io.videottt.metrics.InvalidInputException;

/** Range checks of settings; the messages name key, value and range. */
final class Require {

  private Require() {}

  static void within(String key, double value, double minimum, double maximum) {
    if (!(value >= minimum && value <= maximum)) {
      throw new InvalidInputException(
          "%s is %s, must be within %s and %s"
              .formatted(key, plain(value), plain(minimum), plain(maximum)));
    }
  }

  /** As {@link #within}, but the maximum is out of the range. */
  static void below(String key, double value, double minimum, double maximum) {
    if (!(value >= minimum && value < maximum)) {
      throw new InvalidInputException(
          "%s is %s, must be at least %s and below %s"
              .formatted(key, plain(value), plain(minimum), plain(maximum)));
    }
  }

  /** As {@link #within}, but the minimum is out of the range. */
  static void above(String key, double value, double minimum, double maximum) {
    if (!(value > minimum && value <= maximum)) {
      throw new InvalidInputException(
          "%s is %s, must be above %s and at most %s"
              .formatted(key, plain(value), plain(minimum), plain(maximum)));
    }
  }

  static void atLeast(String key, long value, long minimum) {
    if (value < minimum) {
      throw new InvalidInputException(
          "%s is %d, must be at least %d".formatted(key, value, minimum));
    }
  }

  static void present(String key, Object value) {
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
