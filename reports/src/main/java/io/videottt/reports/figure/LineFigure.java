package io.videottt.reports.figure;

import io.videottt.reports.table.FileName;
import io.videottt.reports.table.VisibleText;
import java.util.List;

/**
 * Lines or points over a common horizontal axis, in one or more panels below each other.
 *
 * @param name file name stem
 * @param title heading
 * @param caption what a reader must know
 * @param x the common axis
 * @param panels from top to bottom, at least one
 */
public record LineFigure(
    String name, String title, String caption, FigureAxis x, List<Panel> panels) implements Figure {

  /** How a series is drawn. */
  public enum Look {
    /** A line through all points. */
    LINE,
    /** A line with a mark at every point. */
    MARKED_LINE,
    /** Marks only. */
    POINTS,
    /** A dashed line to compare with. */
    REFERENCE
  }

  /**
   * What shares a vertical axis.
   *
   * @param y the vertical axis
   * @param series drawn in this order
   * @param zeroLine whether zero is marked
   */
  public record Panel(FigureAxis y, List<Series> series, boolean zeroLine) {

    /** Keeps the list from being changed. */
    public Panel {
      series = List.copyOf(series);
    }
  }

  /**
   * One line of the legend. Series of one title in several panels are named once.
   *
   * @param title as in the legend
   * @param style number of its colour and mark in {@link FigureStyle}
   * @param look how it is drawn
   * @param points by rising x; a y of NaN leaves a gap
   */
  public record Series(String title, int style, Look look, List<Point> points) {

    /** Keeps the list from being changed. */
    public Series {
      title = VisibleText.of(title, LONGEST_LABEL);
      points = List.copyOf(points);
    }
  }

  /**
   * A point with an interval.
   *
   * @param x place on the common axis
   * @param y value
   * @param low lower end of the interval, y where there is none
   * @param high upper end of the interval, y where there is none
   */
  public record Point(double x, double y, double low, double high) {

    /** A point without interval. */
    public static Point at(double x, double y) {
      return new Point(x, y, y, y);
    }
  }

  /** Checks that there is something to draw. */
  public LineFigure {
    name = FileName.of(name);
    title = VisibleText.of(title, LONGEST_TITLE);
    caption = VisibleText.of(caption);
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("figure %s has no panel".formatted(name));
    }
  }
}
