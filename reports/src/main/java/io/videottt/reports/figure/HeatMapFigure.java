package io.videottt.reports.figure;

import io.videottt.reports.table.FileName;
import io.videottt.reports.table.VisibleText;
import java.util.List;

/**
 * A table of values as coloured cells, each with its number.
 *
 * @param name file name stem
 * @param title heading
 * @param caption what a reader must know
 * @param x title of the horizontal axis
 * @param y title of the vertical axis
 * @param columns names of the columns, from left to right
 * @param rows names of the rows, from bottom to top
 * @param values one list per row, one value per column; NaN for an empty cell
 */
public record HeatMapFigure(
    String name,
    String title,
    String caption,
    String x,
    String y,
    List<String> columns,
    List<String> rows,
    List<List<Double>> values)
    implements Figure {

  /** Checks that there is a value per cell. */
  public HeatMapFigure {
    name = FileName.of(name);
    title = VisibleText.of(title, LONGEST_TITLE);
    caption = VisibleText.of(caption);
    columns = columns.stream().map(column -> VisibleText.of(column, LONGEST_LABEL)).toList();
    rows = rows.stream().map(row -> VisibleText.of(row, LONGEST_LABEL)).toList();
    values = values.stream().map(List::copyOf).toList();
    if (values.size() != rows.size()) {
      throw new IllegalArgumentException(
          "figure %s: %d rows of values for %d names".formatted(name, values.size(), rows.size()));
    }
    for (List<Double> row : values) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "figure %s: %d values for %d columns".formatted(name, row.size(), columns.size()));
      }
    }
  }
}
