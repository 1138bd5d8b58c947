package io.videottt.reports.table;

import io.videottt.metrics.Interval;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers and names stand in tables. */
public final class Cells {

  private Cells() {}

  public static String percent(double value) {
    return number("%.2f", value);
  }

  public static String percent(OptionalDouble value) {
    return percent(value.orElse(Double.NaN));
  }

  /** A number with so many decimals; a dash for NaN. */
  public static String decimals(double value, int decimals) {
    return number("%." + decimals + "f", value);
  }

  public static String signed(double value) {
    return number("%+.2f", value);
  }

  public static String interval(Interval interval) {
    return interval.exists()
        ? "[%s, %s]".formatted(signed(interval.lower()), signed(interval.upper()))
        : Table.DASH;
  }

  public static String count(long value) {
    return Long.toString(value);
  }

  /** A number of things, for example {@code 1 video}. */
  public static String counted(long number, String thing) {
    return "%d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }

  public static String tenths(double value) {
    return number("%.1f", value);
  }

  /** A number without decimals that say nothing. */
  public static String shortest(Number value) {
    if (value == null) {
      return Table.DASH;
    }
    return BigDecimal.valueOf(value.doubleValue()).stripTrailingZeros().toPlainString();
  }

  public static String seconds(double value) {
    return number("%.3f", value);
  }

  /** A number with the one decimal that the paper prints. */
  public static String printed(OptionalDouble value) {
    return tenths(value.orElse(Double.NaN));
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? Table.DASH : String.format(Locale.ROOT, format, value);
  }

  public static String titled(String title, String variant) {
    return variant.isEmpty() ? title : title + " (" + variant + ")";
  }
}
