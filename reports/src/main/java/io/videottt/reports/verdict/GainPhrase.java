package io.videottt.reports.verdict;

import io.videottt.base.MetricUnit;
import io.videottt.metrics.Interval;
import io.videottt.reports.Difference;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.DoubleStream;

/**
 * A difference to the fixed model in words, as far as its interval lets it be told: a gain, a cost,
 * no difference that can be told, or a difference of which nothing more is known.
 */
final class GainPhrase {

  /** Decimals that are always enough to tell a number from zero in a report. */
  private static final int MOST_DECIMALS = 4;

  private GainPhrase() {}

  /**
   * A predicate, for example {@code gains 5.5 points (2.6 to 8.5)}.
   *
   * @param difference to the fixed model
   * @param unit of the task's metric
   */
  static String of(Difference difference, MetricUnit unit) {
    return of(difference, unit.points(), false);
  }

  /**
   * The same where a reader must be told what is compared.
   *
   * @param unit what follows the number, for example {@code points of mIoU}
   * @param compared whether the fixed model is named, and what is known of other videos
   */
  static String of(Difference difference, String unit, boolean compared) {
    Interval interval = difference.sameVideos();
    double estimate = difference.estimate();
    if (!interval.exists()) {
      return withoutInterval(estimate, unit, interval.reason());
    }
    double lower = interval.lower();
    double upper = interval.upper();
    int decimals = decimals(estimate, lower, upper);
    if (!interval.excludesZero()) {
      return "makes no difference %sthat can be told (%s %s, %s to %s%s)"
          .formatted(
              compared ? "to the fixed model " : "",
              signed(estimate, decimals),
              unit,
              number(lower, decimals),
              number(upper, decimals),
              compared ? elsewhere(difference, 1, decimals) : "");
    }
    boolean gain = lower > 0;
    String against = gain ? " over the fixed model" : " against the fixed model";
    return "%s %s %s (%s to %s%s)%s"
        .formatted(
            gain ? "gains" : "costs",
            number(Math.abs(estimate), decimals),
            unit,
            number(gain ? lower : -upper, decimals),
            number(gain ? upper : -lower, decimals),
            compared ? elsewhere(difference, gain ? 1 : -1, decimals) : "",
            compared ? against : "");
  }

  private static String withoutInterval(double estimate, String unit, String reason) {
    int decimals = decimals(estimate);
    String relation =
        estimate == 0
            ? "scores as the fixed model does"
            : "is %s %s %s the fixed model"
                .formatted(
                    number(Math.abs(estimate), decimals), unit, estimate > 0 ? "above" : "below");
    return "%s (no interval: %s)".formatted(relation, reason);
  }

  /** What it could be on other videos of the kind, where enough videos were run to say. */
  private static String elsewhere(Difference difference, int sign, int decimals) {
    Interval interval = difference.newVideos();
    if (!interval.exists()) {
      return "";
    }
    return "; on other videos of the kind %s to %s"
        .formatted(
            number(sign > 0 ? interval.lower() : -interval.upper(), decimals),
            number(sign > 0 ? interval.upper() : -interval.lower(), decimals));
  }

  /** One decimal, and more where a number would otherwise look like zero and is not. */
  private static int decimals(double... values) {
    int decimals = 1;
    while (decimals < MOST_DECIMALS && looksLikeZero(decimals, values)) {
      decimals++;
    }
    return decimals;
  }

  private static boolean looksLikeZero(int decimals, double... values) {
    return DoubleStream.of(values)
        .anyMatch(value -> value != 0 && rounded(value, decimals).signum() == 0);
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }

  private static String number(double value, int decimals) {
    return rounded(value, decimals).toPlainString();
  }

  private static String signed(double value, int decimals) {
    return (value > 0 ? "+" : "") + number(value, decimals);
  }
}
