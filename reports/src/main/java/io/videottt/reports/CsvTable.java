package io.videottt.reports;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a table as comma-separated values, its identifiers behind its own columns; where it has
 * controls, the last column says which rows they are. Spreadsheets take a cell that begins with =,
 * +, - or @ for a formula: unless it is a number, with its interval perhaps, an apostrophe is put
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
    boolean controls = !table.controls().isEmpty();
    List<String> identifiers = table.identifiers().header();
    text.append(line(table.header(), identifiers)).append(controls ? ",Control\r\n" : "\r\n");
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> own = identifiers.isEmpty() ? List.of() : table.identifiers().rows().get(row);
      text.append(line(table.rows().get(row), own)).append(controls ? ",no\r\n" : "\r\n");
    }
    List<String> none = Collections.nCopies(identifiers.size(), Table.DASH);
    table.controls().forEach(row -> text.append(line(row, none)).append(",yes\r\n"));
    return text.toString();
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
