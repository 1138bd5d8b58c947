package io.videottt.reports.table;

import java.util.List;

/**
 * Rows of a table that stand apart, below the others and under a heading of their own.
 *
 * @param kind what the rows have in common
 * @param rows cells, as many in each row as the table's header has
 */
public record RowGroup(Kind kind, List<List<String>> rows) {

  /** What rows that stand apart have in common. */
  public enum Kind {
    /** Methods from elsewhere, of which the paper has no number. */
    OUTSIDE("methods outside the paper"),
    /** Runs that tell what a gain comes from. */
    CONTROL("controls (ours, not the paper's)");

    private final String heading;

    Kind(String heading) {
      this.heading = heading;
    }

    /** Stands above the rows. */
    public String heading() {
      return heading;
    }
  }

  public static RowGroup controls(List<List<String>> rows) {
    return new RowGroup(Kind.CONTROL, rows);
  }

  public static RowGroup outside(List<List<String>> rows) {
    return new RowGroup(Kind.OUTSIDE, rows);
  }
}
