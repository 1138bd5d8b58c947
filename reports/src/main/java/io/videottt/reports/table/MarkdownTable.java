package io.videottt.reports.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes a table as GitHub-flavoured Markdown, padded so that it also reads well in a terminal. No
 * word of it becomes markup.
 */
public final class MarkdownTable {

  /** Brackets alone stay: intervals have them, and without a target they are no link. */
  private static final Pattern LINK = Pattern.compile("\\]\\(");

  private static final Pattern MARKUP = Pattern.compile("[\\\\|<`*~]|&(?=#?\\w+;)");

  private MarkdownTable() {}

  static String render(Table table) {
    List<List<String>> body = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      body.add(row(table, row));
    }
    for (RowGroup group : table.apart()) {
      List<String> heading = new ArrayList<>(Collections.nCopies(table.header().size(), ""));
      heading.set(0, "*" + group.kind().heading() + "*");
      body.add(heading);
      group.rows().forEach(row -> body.add(escaped(row)));
    }
    List<String> header = escaped(table.header());
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(body);
    int[] widths = widths(all);
    StringBuilder text = new StringBuilder("### " + escape(table.caption()) + "\n\n");
    appendRow(text, header, widths, table.textColumns());
    text.append('|');
    for (int c = 0; c < widths.length; c++) {
      String rule = "-".repeat(widths[c]);
      text.append(' ')
          .append(c < table.textColumns() ? rule : rule.substring(1) + ":")
          .append(" |");
    }
    text.append('\n');
    body.forEach(row -> appendRow(text, row, widths, table.textColumns()));
    table.notes().forEach(note -> text.append('\n').append(escape(note)).append('\n'));
    return text.toString();
  }

  private static List<String> row(Table table, int row) {
    List<String> cells = escaped(table.rows().get(row));
    for (int column = 0; column < cells.size(); column++) {
      if (table.best().contains(new Table.Place(row, column))) {
        cells.set(column, "**" + cells.get(column) + "**");
      }
    }
    return cells;
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(Math.max(widths[c], 2), row.get(c).length());
      }
    }
    return widths;
  }

  private static void appendRow(
      StringBuilder text, List<String> row, int[] widths, int textColumns) {
    text.append('|');
    for (int c = 0; c < widths.length; c++) {
      String cell = row.get(c);
      String padding = " ".repeat(widths[c] - cell.length());
      text.append(' ').append(c < textColumns ? cell + padding : padding + cell).append(" |");
    }
    text.append('\n');
  }

  private static List<String> escaped(List<String> cells) {
    return new ArrayList<>(cells.stream().map(MarkdownTable::escape).toList());
  }

  /** Text that stays text. */
  public static String escape(String text) {
    return LINK.matcher(MARKUP.matcher(text).replaceAll("\\\\$0")).replaceAll("]\\\\(");
  }
}
