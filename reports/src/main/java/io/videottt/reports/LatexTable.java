package io.videottt.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a table as LaTeX table environments, a second one where the rows fill more than a page.
 * Needs the packages booktabs and graphicx; a table that is too wide is made smaller.
 */
final class LatexTable {

  private static final String SPECIAL = "&%$#_{}";
  private static final Map<Character, String> NAMED =
      Map.of(
          '\\', "\\textbackslash{}",
          '~', "\\textasciitilde{}",
          '^', "\\textasciicircum{}",
          '|', "\\textbar{}",
          '<', "\\textless{}",
          '>', "\\textgreater{}");
  private static final int ROWS_ON_A_PAGE = 45;
  private static final int LONGEST_LEVEL_HEADER = 130;
  private static final String FIT_WIDTH =
      "\\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%\n";

  private LatexTable() {}

  static String render(Table table) {
    StringBuilder text = new StringBuilder("% \\usepackage{booktabs,graphicx}\n");
    int parts = Math.max(1, (table.rows().size() + ROWS_ON_A_PAGE - 1) / ROWS_ON_A_PAGE);
    for (int part = 0; part < parts; part++) {
      int from = part * ROWS_ON_A_PAGE;
      int to = Math.min(table.rows().size(), from + ROWS_ON_A_PAGE);
      appendPart(text, table, from, to);
    }
    return text.toString();
  }

  /** One table environment with some of the rows: LaTeX breaks none across pages. */
  private static void appendPart(StringBuilder text, Table table, int from, int to) {
    boolean first = from == 0;
    boolean last = to == table.rows().size();
    text.append("\\begin{table}\n\\centering\n\\caption{")
        .append(escape(table.caption()))
        .append(first ? "}\n" : " (continued)}\n");
    if (first) {
      text.append("\\label{tab:").append(table.name()).append("}\n");
    }
    int columns = table.header().size();
    text.append(FIT_WIDTH)
        .append("\\begin{tabular}{")
        .append("l".repeat(table.textColumns()))
        .append("r".repeat(columns - table.textColumns()))
        .append("}\n\\toprule\n")
        .append(header(table))
        .append("\\midrule\n");
    for (int row = from; row < to; row++) {
      text.append(row(table, row));
    }
    if (last && !table.controls().isEmpty()) {
      text.append("\\midrule\n\\multicolumn{%d}{l}{%s} \\\\\n".formatted(columns, Table.CONTROLS));
      table.controls().forEach(row -> text.append(line(row.stream().map(LatexTable::cell))));
    }
    text.append("\\bottomrule\n\\end{tabular}}\n");
    if (last && !table.notes().isEmpty()) {
      String notes =
          table.notes().stream().map(LatexTable::escape).collect(Collectors.joining("\n"));
      text.append("\n\\smallskip\n\\begin{minipage}{\\textwidth}\\footnotesize\n")
          .append(notes)
          .append("\n\\end{minipage}\n");
    }
    text.append("\\end{table}\n");
  }

  /** Long headings over numbers are turned, or they would make the columns too wide to read. */
  private static String header(Table table) {
    boolean turned = table.header().stream().mapToInt(String::length).sum() > LONGEST_LEVEL_HEADER;
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < table.header().size(); column++) {
      String cell = cell(table.header().get(column));
      cells.add(turned && column >= table.textColumns() ? "\\rotatebox{90}{" + cell + "}" : cell);
    }
    return line(cells.stream());
  }

  private static String row(Table table, int row) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < table.header().size(); column++) {
      String cell = cell(table.rows().get(row).get(column));
      boolean best = table.best().contains(new Table.Place(row, column));
      cells.add(best ? "\\textbf{" + cell + "}" : cell);
    }
    return line(cells.stream());
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(" & ")) + " \\\\\n";
  }

  private static String cell(String cell) {
    if (cell.equals(Table.DASH)) {
      return "--";
    }
    // A cell that opens with a bracket would be read as an argument of the row break before it.
    return cell.startsWith("[") ? "{}" + escape(cell) : escape(cell);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\').append(c);
      } else {
        escaped.append(NAMED.getOrDefault(c, String.valueOf(c)));
      }
    }
    return escaped.toString();
  }
}
