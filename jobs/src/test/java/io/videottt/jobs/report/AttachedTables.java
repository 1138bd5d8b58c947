package io.videottt.jobs.report;

import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.source.TableSource;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.util.List;
import java.util.Set;

/** Sources of tables that only {@link AttachedTablesTest} puts on the class path. */
public final class AttachedTables {

  private AttachedTables() {}

  private static Table means(TableInput input) {
    return new Table(
        "means-alone",
        "Means & nothing <else>",
        List.of("Method", "Mean"),
        1,
        input.results().measurements().stream()
            .map(m -> List.of(m.title(), Cells.percent(m.frameMean())))
            .toList(),
        List.of(),
        List.of("Percent."));
  }

  /** A table in every place. */
  public static final class Means implements TableSource {

    @Override
    public int order() {
      return 50;
    }

    @Override
    public List<ReportTable> tables(TableInput input) {
      Table table = means(input);
      return List.of(
          ReportTable.result(table),
          new ReportTable(
              table.named("means-csv"), ReportTable.Place.DETAILS, Set.of(TableFormat.CSV)),
          new ReportTable(table.named("means-page"), ReportTable.Place.RUNS, Set.of()));
    }
  }

  /** Counts on what is not there. */
  public static final class Broken implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      return List.of(ReportTable.detail(means(input).named(input.chosen().get(7).variant())));
    }
  }

  /** Has a name of the program's own. */
  public static final class Clashing implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      return List.of(ReportTable.detail(means(input).named("classes-tiny-test-semantic")));
    }
  }

  /** Has a name of the page's own. */
  public static final class Presuming implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      return List.of(ReportTable.detail(means(input).named("verdict")));
    }
  }
}
