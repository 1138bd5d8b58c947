package io.videottt.reports;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a table as comma-separated values; where it has controls, the last column says which rows
 * they are.
 */
final class CsvTable {

  private CsvTable() {}

  static String render(Table table) {
    StringBuilder text = new StringBuilder();
    boolean controls = !table.controls().isEmpty();
    text.append(line(table.header())).append(controls ? ",Control\r\n" : "\r\n");
    table.rows().forEach(row -> text.append(line(row)).append(controls ? ",no\r\n" : "\r\n"));
    table.controls().forEach(row -> text.append(line(row)).append(",yes\r\n"));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.equals(Table.DASH) ? "" : cell)
        .map(CsvTable::quoted)
        .collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
