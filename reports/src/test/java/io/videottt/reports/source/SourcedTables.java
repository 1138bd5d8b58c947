package io.videottt.reports.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.ChosenSetting;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.Results;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.Optional;

/** The tables that the sources on the class path make of results. */
public final class SourcedTables {

  private SourcedTables() {}

  /** Every table of results whose methods all can be run. */
  public static List<Table> of(Results results) {
    return of(results, (method, task) -> Optional.empty());
  }

  /** Every table. */
  public static List<Table> of(Results results, MissingReasons reasons) {
    return report(results, reasons, List.of()).tables().stream().map(ReportTable::table).toList();
  }

  /** The report's tables with their places. */
  public static ReportTables report(
      Results results, MissingReasons reasons, List<ChosenSetting> chosen) {
    ReportTables tables =
        ReportTables.of(
            new TableInput(results, PublishedResults.load(), reasons, chosen), name -> false);
    assertThat(tables.leftOut()).isEmpty();
    return tables;
  }
}
