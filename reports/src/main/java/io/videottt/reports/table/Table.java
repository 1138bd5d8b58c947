package io.videottt.reports.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of text, ready to be rendered. Its words may come from foreign results: the name is made
 * a {@link FileName}, the other texts are made {@link VisibleText}, and every {@link TableFormat}
 * escapes what it would read as something else.
 *
 * @param name file name stem, for example table1-camvid-test
 * @param caption heading
 * @param header column headings
 * @param textColumns how many columns at the left hold words; the others hold numbers
 * @param rows cells, as many in each row as the header has
 * @param apart rows below the others, under headings of their own; groups without rows are left out
 * @param notes what a reader must know, one sentence each
 * @param best cells of {@code rows} that are to stand out
 * @param identifiers names of what the rows call by titles, for machines: in CSV alone
 */
public record Table(
    String name,
    String caption,
    List<String> header,
    int textColumns,
    List<List<String>> rows,
    List<RowGroup> apart,
    List<String> notes,
    Set<Place> best,
    Identifiers identifiers) {

  /** What stands in a cell without a value. */
  public static final String DASH = "-";

  /**
   * Place of a cell.
   *
   * @param row from 0
   * @param column from 0
   */
  public record Place(int row, int column) {}

  /**
   * Further columns that no person needs to read.
   *
   * @param header their headings; empty where there are none
   * @param rows their cells, as many rows as the table has
   */
  public record Identifiers(List<String> header, List<List<String>> rows) {

    public static final Identifiers NONE = new Identifiers(List.of(), List.of());

    /** Checks that every row has a cell per column, and makes foreign words harmless. */
    public Identifiers {
      header = visible(header);
      rows = copy(rows, header.size());
    }
  }

  /** A table in which no cell stands out. */
  public Table(
      String name,
      String caption,
      List<String> header,
      int textColumns,
      List<List<String>> rows,
      List<List<String>> controls,
      List<String> notes) {
    this(name, caption, header, textColumns, rows, controls, notes, Set.of());
  }

  /** A table whose only rows apart are controls, and that need no further names. */
  public Table(
      String name,
      String caption,
      List<String> header,
      int textColumns,
      List<List<String>> rows,
      List<List<String>> controls,
      List<String> notes,
      Set<Place> best) {
    this(
        name,
        caption,
        header,
        textColumns,
        rows,
        List.of(RowGroup.controls(controls)),
        notes,
        best,
        Identifiers.NONE);
  }

  /** Checks that every row has a cell per column, and makes foreign words harmless. */
  public Table {
    if (!identifiers.header().isEmpty() && identifiers.rows().size() != rows.size()) {
      throw new IllegalArgumentException(
          "identifiers of %d rows in a table of %d"
              .formatted(identifiers.rows().size(), rows.size()));
    }
    name = FileName.of(name);
    caption = VisibleText.of(caption);
    header = visible(header);
    rows = copy(rows, header.size());
    int columns = header.size();
    apart =
        apart.stream()
            .filter(group -> !group.rows().isEmpty())
            .map(group -> new RowGroup(group.kind(), copy(group.rows(), columns)))
            .toList();
    notes = visible(notes);
    best = Set.copyOf(best);
  }

  /** The same table under another file name stem. */
  public Table named(String other) {
    return new Table(other, caption, header, textColumns, rows, apart, notes, best, identifiers);
  }

  /** The same table with further notes. */
  public Table withNotes(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Table(name, caption, header, textColumns, rows, apart, all, best, identifiers);
  }

  /**
   * The same table with the names that its rows' titles stand for.
   *
   * @param header headings of the further columns
   * @param names their cells, as many rows as the table has
   */
  public Table withIdentifiers(List<String> header, List<List<String>> names) {
    return new Table(
        name,
        caption,
        this.header,
        textColumns,
        rows,
        apart,
        notes,
        best,
        new Identifiers(header, names));
  }

  /** Whether a column holds numbers. */
  public boolean isNumeric(int column) {
    return column >= textColumns;
  }

  /** All rows, those apart included, from top to bottom. */
  public Stream<List<String>> allRows() {
    return Stream.concat(rows.stream(), apart.stream().flatMap(group -> group.rows().stream()));
  }

  private static List<String> visible(List<String> texts) {
    return texts.stream().map(VisibleText::of).toList();
  }

  private static List<List<String>> copy(List<List<String>> rows, int columns) {
    for (List<String> row : rows) {
      if (row.size() != columns) {
        throw new IllegalArgumentException(
            "a row of %d cells in a table of %d columns: %s".formatted(row.size(), columns, row));
      }
    }
    return rows.stream().map(Table::visible).toList();
  }
}
