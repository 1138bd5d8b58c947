package io.videottt.reports.source;

import io.videottt.reports.Measurement;
import io.videottt.reports.table.Table;
import java.util.List;

/** Sources as people may write them, well and badly. */
public final class SampleSources {

  private SampleSources() {}

  static ReportTable table(String name) {
    return ReportTable.detail(
        new Table(name, "Table " + name, List.of("What"), 1, List.of(), List.of(), List.of()));
  }

  /** Counts what was measured. */
  public static final class Counting implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      List<List<String>> rows =
          input.results().measurements().stream()
              .map(Measurement::method)
              .distinct()
              .map(List::of)
              .toList();
      return List.of(
          ReportTable.result(
              new Table("counted", "Counted", List.of("Method"), 1, rows, List.of(), List.of())));
    }
  }

  /** Has a name of the paper's tables. */
  public static final class Clashing implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      return List.of(table("Table1-Camvid-test-semantic"));
    }
  }

  /** Makes a table, then fails. */
  public static final class Failing implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      table("never");
      throw new IllegalStateException("no such\ncolumn");
    }
  }

  /** Was compiled against another version of this project. */
  public static final class Outdated implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      throw new NoSuchMethodError("'int Results.size()'");
    }
  }

  /** Never ends by itself. */
  @SuppressWarnings("InfiniteRecursion")
  public static final class Endless implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      return tables(input);
    }
  }

  /** Gives nothing at all. */
  public static final class Empty implements TableSource {

    @Override
    public List<ReportTable> tables(TableInput input) {
      return null;
    }
  }

  /** Does not know its place. */
  public static final class Placeless implements TableSource {

    @Override
    public int order() {
      throw new UnsupportedOperationException("where?");
    }

    @Override
    public List<ReportTable> tables(TableInput input) {
      return List.of(table("placeless"));
    }
  }

  /** Cannot be made. */
  public static final class Unmade implements TableSource {

    public Unmade() {
      throw new IllegalArgumentException("not today");
    }

    @Override
    public List<ReportTable> tables(TableInput input) {
      return List.of();
    }
  }

  /** Is no source. */
  public static final class Other {}
}
