package io.videottt.reports.figure;

import io.videottt.reports.table.VisibleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a {@link LineFigure} or {@link HeatMapFigure}.
 *
 * @param title what is measured, with its unit
 * @param scale how values become places
 * @param ticks the labelled places in the axis's own values; chosen by the values when empty
 */
public record FigureAxis(String title, Scale scale, List<Tick> ticks) {

  /** How far apart values lie. */
  public enum Scale {
    /** As far as they differ. */
    LINEAR,
    /** As far as their logarithms differ; values are positive. */
    LOGARITHMIC
  }

  /**
   * A labelled place.
   *
   * @param value in the axis's own values, not their logarithm
   * @param label what stands there
   */
  public record Tick(double value, String label) {

    /** Makes foreign words harmless. */
    public Tick {
      label = VisibleText.of(label, Figure.LONGEST_LABEL);
    }
  }

  /** Keeps the list from being changed. */
  public FigureAxis {
    title = VisibleText.of(title, Figure.LONGEST_TITLE);
    ticks = List.copyOf(ticks);
  }

  /** An axis whose ticks are chosen by the values. */
  public static FigureAxis linear(String title) {
    return new FigureAxis(title, Scale.LINEAR, List.of());
  }

  /** A logarithmic axis with ticks at 1, 2 and 5 times the powers of ten. */
  public static FigureAxis logarithmic(String title) {
    return new FigureAxis(title, Scale.LOGARITHMIC, List.of());
  }

  /** The same axis, labelled at these places only. */
  public FigureAxis withTicks(List<Tick> labelled) {
    return new FigureAxis(title, scale, labelled);
  }

  /** Where a value lies on the drawn axis. */
  double place(double value) {
    return scale == Scale.LINEAR ? value : Math.log10(value);
  }

  /** The ticks of a logarithmic axis between two values. */
  List<Tick> ticksWithin(double low, double high) {
    if (!ticks.isEmpty() || scale == Scale.LINEAR) {
      return ticks;
    }
    List<Tick> chosen = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (int step : new int[] {1, 2, 5}) {
        double value = step * Math.pow(10, power);
        if (value >= low && value <= high) {
          chosen.add(
              new Tick(value, BigDecimal.valueOf(step).scaleByPowerOfTen(power).toPlainString()));
        }
      }
    }
    return chosen;
  }
}
