package io.videottt.reports.source;

import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A table with its place in the report.
 *
 * @param table whose name is that of its files and its anchor on the page: no other table of the
 *     report may have it, in capitals or not
 * @param place on the page
 * @param formats files that are written of it; none where it stands on the page alone
 */
public record ReportTable(Table table, Place place, Set<TableFormat> formats) {

  /** A part of the page. */
  public enum Place {
    /** The results, to be looked at first; printed on the console, too. */
    RESULTS,
    /** All other tables, each behind a fold. */
    DETAILS,
    /** What is to be known about the runs, each table behind a fold. */
    RUNS
  }

  /** Keeps the formats from being changed. */
  public ReportTable {
    Objects.requireNonNull(table, "a table of the report is null");
    Objects.requireNonNull(place, "the place of a table is null");
    formats = Set.copyOf(formats);
  }

  /** A table to look at first, in every format. */
  public static ReportTable result(Table table) {
    return new ReportTable(table, Place.RESULTS, EnumSet.allOf(TableFormat.class));
  }

  /** A table behind a fold, in every format. */
  public static ReportTable detail(Table table) {
    return new ReportTable(table, Place.DETAILS, EnumSet.allOf(TableFormat.class));
  }

  /** The same with another name. */
  ReportTable named(String name) {
    return new ReportTable(table.named(name), place, formats);
  }
}
