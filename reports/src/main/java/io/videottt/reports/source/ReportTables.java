package io.videottt.reports.source;

import io.videottt.base.InvalidInputException;
import io.videottt.reports.source.ReportTable.Place;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables of one report, from all sources.
 *
 * @param tables in their order
 * @param leftOut sources that could not be used, whose tables are missing
 */
public record ReportTables(List<ReportTable> tables, List<LeftOutSource> leftOut) {

  /** File name stem of {@link #notice}. */
  public static final String NOTICE = "left-out-tables";

  /** Keeps the lists from being changed. */
  public ReportTables {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The tables of every source on the class path.
   *
   * @param input what they are made of
   * @param isTaken whether a name, in small letters, is that of another part of the report
   * @throws InvalidInputException when two sources make tables of one name
   */
  public static ReportTables of(TableInput input, Predicate<String> isTaken) {
    return of(TableSources.found(), input, isTaken);
  }

  static ReportTables of(TableSources found, TableInput input, Predicate<String> isTaken) {
    List<ReportTable> tables = new ArrayList<>();
    List<LeftOutSource> leftOut = new ArrayList<>(found.leftOut());
    TableNames names = new TableNames(isTaken);
    for (TableSource source : found.sources()) {
      Attempt<List<ReportTable>> own = Attempt.of(source.getClass(), () -> ask(source, input));
      own.failure().ifPresent(leftOut::add);
      for (ReportTable table : own.result().orElse(List.of())) {
        tables.add(table.named(names.of(table.table(), source.getClass())));
      }
    }
    return new ReportTables(tables, leftOut);
  }

  private static List<ReportTable> ask(TableSource source, TableInput input) {
    List<ReportTable> own = source.tables(input);
    if (own == null || own.stream().anyMatch(table -> table == null)) {
      throw new IllegalStateException("it gave null in place of a table or of a list of them");
    }
    return List.copyOf(own);
  }

  /** Those of a part of the page. */
  public List<Table> at(Place place) {
    return tables.stream().filter(table -> table.place() == place).map(ReportTable::table).toList();
  }

  /** The sources that are left out, as a table; empty when there are none. */
  public Optional<Table> notice() {
    return leftOut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                NOTICE,
                "Tables left out of this report, by their sources",
                List.of("Source", "Reason"),
                2,
                leftOut.stream().map(source -> List.of(source.name(), source.reason())).toList(),
                List.of(),
                List.of(
                    "The tables of the other sources are here; mend these or take them away.")));
  }
}
