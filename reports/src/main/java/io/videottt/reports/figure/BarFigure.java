package io.videottt.reports.figure;

import io.videottt.reports.table.FileName;
import io.videottt.reports.table.VisibleText;
import java.util.List;

/**
 * Horizontal bars, one row per name, with intervals.
 *
 * @param name file name stem
 * @param title heading
 * @param caption what a reader must know
 * @param axis title of the value axis with its unit
 * @param rows the names, from top to bottom
 * @param groups bars of every row, drawn beside each other; the first is the measured one
 * @param styles of the rows of the measured group, numbers of {@link FigureStyle}; empty for one
 *     colour
 */
public record BarFigure(
    String name,
    String title,
    String caption,
    String axis,
    List<String> rows,
    List<Group> groups,
    List<Integer> styles)
    implements Figure {

  /** Bars of one colour. */
  public BarFigure(
      String name,
      String title,
      String caption,
      String axis,
      List<String> rows,
      List<Group> groups) {
    this(name, title, caption, axis, rows, groups, List.of());
  }

  /**
   * The bars of one kind.
   *
   * @param title as in the legend
   * @param bars one per row
   */
  public record Group(String title, List<Bar> bars) {

    /** Keeps the list from being changed. */
    public Group {
      bars = List.copyOf(bars);
    }
  }

  /**
   * A bar.
   *
   * @param value its length, NaN for none
   * @param low lower end of the interval, NaN for none
   * @param high upper end of the interval, NaN for none
   */
  public record Bar(double value, double low, double high) {

    /** What was not measured. */
    public static final Bar NONE = new Bar(Double.NaN, Double.NaN, Double.NaN);

    /** A bar without interval. */
    public static Bar of(double value) {
      return new Bar(value, Double.NaN, Double.NaN);
    }
  }

  /** Checks that every group has a bar per row. */
  public BarFigure {
    name = FileName.of(name);
    title = VisibleText.of(title, LONGEST_TITLE);
    caption = VisibleText.of(caption);
    rows = rows.stream().map(row -> VisibleText.of(row, LONGEST_LABEL)).toList();
    groups = List.copyOf(groups);
    styles = List.copyOf(styles);
    if (!styles.isEmpty() && styles.size() != rows.size()) {
      throw new IllegalArgumentException(
          "figure %s: %d styles for %d rows".formatted(name, styles.size(), rows.size()));
    }
    for (Group group : groups) {
      if (group.bars().size() != rows.size()) {
        throw new IllegalArgumentException(
            "figure %s: %d bars for %d rows".formatted(name, group.bars().size(), rows.size()));
      }
    }
  }
}
