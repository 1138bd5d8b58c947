package io.videottt.reports;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a table as a LaTeX table environment; needs the booktabs package. */
final class LatexTable {

  private static final String SPECIAL = "&%$#_{}";

  private LatexTable() {}

  static String render(Table table) {
    int columns = table.header().size();
    StringBuilder text = new StringBuilder();
    text.append("% \\usepackage{booktabs}\n\\begin{table}\n\\centering\n");
    text.append("\\caption{").append(escape(table.caption())).append("}\n");
    text.append("\\label{tab:").append(table.name()).append("}\n");
    text.append("\\begin{tabular}{")
        .append("l".repeat(table.textColumns()))
        .append("r".repeat(columns - table.textColumns()))
        .append("}\n\\toprule\n");
    text.append(line(table.header())).append("\\midrule\n");
    table.rows().forEach(row -> text.append(line(row)));
    if (!table.controls().isEmpty()) {
      text.append("\\midrule\n\\multicolumn{%d}{l}{%s} \\\\\n".formatted(columns, Table.CONTROLS));
      table.controls().forEach(row -> text.append(line(row)));
    }
    text.append("\\bottomrule\n\\end{tabular}\n");
    for (String note : table.notes()) {
      text.append("\n{\\footnotesize ").append(escape(note)).append("}\n");
    }
    return text.append("\\end{table}\n").toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(LatexTable::cell).collect(Collectors.joining(" & ")) + " \\\\\n";
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
      } else if (c == '\\') {
        escaped.append("\\textbackslash{}");
      } else if (c == '~') {
        escaped.append("\\textasciitilde{}");
      } else if (c == '^') {
        escaped.append("\\textasciicircum{}");
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
