package io.videottt.reports.table;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a table as comma-separated values, its identifiers behind its own columns; where it has
 * rows apart, the last columns say which they are. Spreadsheets take a cell that begins with =, +,
 * - or @ for a formula: unless it is a number, with its interval perhaps, an apostrophe is put
 * before it.
 */
final class CsvTable {

  private static final String NUMBER = "[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?";
  private static final Pattern FORMULA = Pattern.compile("\\s*[=+@-].*");
  private static final Pattern NUMBERS =
      Pattern.compile(NUMBER + "( \\[" + NUMBER + ", " + NUMBER + "\\])?");

  private CsvTable() {}

  static String render(Table table) {
    StringBuilder text = new StringBuilder();
    Set<RowGroup.Kind> kinds =
        table.apart().stream().map(RowGroup::kind).collect(Collectors.toSet());
    List<String> identifiers = table.identifiers().header();
    text.append(line(table.header(), identifiers)).append(headings(kinds));
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> own = identifiers.isEmpty() ? List.of() : table.identifiers().rows().get(row);
      text.append(line(table.rows().get(row), own)).append(marks(kinds, null));
    }
    List<String> none = Collections.nCopies(identifiers.size(), Table.DASH);
    for (RowGroup group : table.apart()) {
      group.rows().forEach(row -> text.append(line(row, none)).append(marks(kinds, group.kind())));
    }
    return text.toString();
  }

  private static String headings(Set<RowGroup.Kind> kinds) {
    return (kinds.contains(RowGroup.Kind.CONTROL) ? ",Control" : "")
        + (kinds.contains(RowGroup.Kind.OUTSIDE) ? ",Outside the paper" : "")
        + "\r\n";
  }

  private static String marks(Set<RowGroup.Kind> kinds, RowGroup.Kind own) {
    StringBuilder marks = new StringBuilder();
    for (RowGroup.Kind kind : List.of(RowGroup.Kind.CONTROL, RowGroup.Kind.OUTSIDE)) {
      if (kinds.contains(kind)) {
        marks.append(kind == own ? ",yes" : ",no");
      }
    }
    return marks.append("\r\n").toString();
  }

  private static String line(List<String> cells, List<String> more) {
    return Stream.concat(cells.stream(), more.stream())
        .map(cell -> cell.equals(Table.DASH) ? "" : cell)
        .map(CsvTable::withoutFormula)
        .map(CsvTable::quoted)
        .collect(Collectors.joining(","));
  }

  private static String withoutFormula(String cell) {
    return FORMULA.matcher(cell).matches() && !NUMBERS.matcher(cell).matches() ? "'" + cell : cell;
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
