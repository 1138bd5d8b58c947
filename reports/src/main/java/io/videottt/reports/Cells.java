package io.videottt.reports;

import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers and names stand in tables. */
final class Cells {

  private Cells() {}

  static String percent(double value) {
    return number("%.2f", value);
  }

  static String signed(double value) {
    return number("%+.2f", value);
  }

  static String seconds(double value) {
    return number("%.3f", value);
  }

  /** A number with the one decimal that the paper prints. */
  static String printed(OptionalDouble value) {
    return number("%.1f", value.orElse(Double.NaN));
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? Table.DASH : String.format(Locale.ROOT, format, value);
  }

  static String titled(String title, String variant) {
    return variant.isEmpty() ? title : title + " (" + variant + ")";
  }
}
