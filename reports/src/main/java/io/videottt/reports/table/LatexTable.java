package io.videottt.reports.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a table as LaTeX table environments, further ones where rows or columns need more room.
 * Needs the packages booktabs and graphicx; a table that is too wide is made smaller.
 */
final class LatexTable {

  private static final String SPECIAL = "&%$#_{}";
  private static final Map<Character, String> NAMED =
      Map.of(
          '\\',
          "\\textbackslash{}",
          '~',
          "\\textasciitilde{}",
          '^',
          "\\textasciicircum{}",
          '|',
          "\\textbar{}",
          '<',
          "\\textless{}",
          '>',
          "\\textgreater{}",
          // LaTeX's fonts do not have it.
          VisibleText.REPLACEMENT,
          "?");
  private static final int ROWS_ON_A_PAGE = 45;
  private static final int LONGEST_LEVEL_HEADER = 130;

  /** Characters of a row that are still readable when the row is as wide as the text. */
  private static final int WIDEST = 140;

  /** The paper's number of a table; LaTeX counts for itself. */
  private static final Pattern NUMBER = Pattern.compile("^Table \\d+: ");

  private static final String FIT_WIDTH =
      "\\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%\n";

  private LatexTable() {}

  static String render(Table table) {
    StringBuilder text = new StringBuilder("% \\usepackage{booktabs,graphicx}\n");
    int pages = Math.max(1, (table.rows().size() + ROWS_ON_A_PAGE - 1) / ROWS_ON_A_PAGE);
    List<List<Integer>> columnParts = columnParts(table);
    for (int part = 0; part < columnParts.size(); part++) {
      for (int page = 0; page < pages; page++) {
        int from = page * ROWS_ON_A_PAGE;
        int to = Math.min(table.rows().size(), from + ROWS_ON_A_PAGE);
        boolean first = part == 0 && page == 0;
        boolean last = part == columnParts.size() - 1 && page == pages - 1;
        appendPart(text, table, columnParts.get(part), from, to, first, last);
      }
    }
    return text.toString();
  }

  /** Columns that fit beside one another at a readable size, the words at the left in each part. */
  private static List<List<Integer>> columnParts(Table table) {
    List<Integer> words = IntStream.range(0, table.textColumns()).boxed().toList();
    int wordsWidth = words.stream().mapToInt(column -> width(table, column)).sum();
    List<List<Integer>> parts = new ArrayList<>();
    List<Integer> part = new ArrayList<>(words);
    int width = wordsWidth;
    for (int column = table.textColumns(); column < table.header().size(); column++) {
      int own = width(table, column);
      if (width + own > WIDEST && part.size() > words.size()) {
        parts.add(part);
        part = new ArrayList<>(words);
        width = wordsWidth;
      }
      part.add(column);
      width += own;
    }
    parts.add(part);
    return parts;
  }

  /** In characters; a turned heading takes no room. */
  private static int width(Table table, int column) {
    int heading =
        turned(table) && column >= table.textColumns() ? 0 : table.header().get(column).length();
    return table.allRows().mapToInt(row -> row.get(column).length()).reduce(heading, Math::max);
  }

  /** Long headings over numbers are turned, or they would make the columns too wide to read. */
  private static boolean turned(Table table) {
    return table.header().stream().mapToInt(String::length).sum() > LONGEST_LEVEL_HEADER;
  }

  /** One table environment with some of the columns and rows: LaTeX breaks none across pages. */
  private static void appendPart(
      StringBuilder text,
      Table table,
      List<Integer> columns,
      int from,
      int to,
      boolean first,
      boolean last) {
    String caption = escape(NUMBER.matcher(table.caption()).replaceFirst(""));
    text.append("\\begin{table}\n\\centering\n\\caption{")
        .append(caption)
        .append(first ? "}\n" : " (continued)}\n");
    if (first) {
      text.append("\\label{tab:").append(table.name()).append("}\n");
    }
    text.append(FIT_WIDTH)
        .append("\\begin{tabular}{")
        .append("l".repeat(table.textColumns()))
        .append("r".repeat(columns.size() - table.textColumns()))
        .append("}\n\\toprule\n")
        .append(header(table, columns))
        .append("\\midrule\n");
    for (int row = from; row < to; row++) {
      text.append(row(table, columns, row));
    }
    if (to == table.rows().size()) {
      for (RowGroup group : table.apart()) {
        text.append("\\midrule\n")
            .append(
                "\\multicolumn{%d}{l}{%s} \\\\\n"
                    .formatted(columns.size(), group.kind().heading()));
        group.rows().forEach(row -> text.append(line(columns.stream().map(c -> cell(row.get(c))))));
      }
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

  private static String header(Table table, List<Integer> columns) {
    boolean turned = turned(table);
    return line(
        columns.stream()
            .map(
                column -> {
                  String cell = cell(table.header().get(column));
                  boolean upright = !turned || column < table.textColumns();
                  return upright ? cell : "\\rotatebox{90}{" + cell + "}";
                }));
  }

  private static String row(Table table, List<Integer> columns, int row) {
    return line(
        columns.stream()
            .map(
                column -> {
                  String cell = cell(table.rows().get(row).get(column));
                  boolean best = table.best().contains(new Table.Place(row, column));
                  return best ? "\\textbf{" + cell + "}" : cell;
                }));
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(" & ")) + " \\\\\n";
  }

  private static String cell(String cell) {
    if (cell.equals(Table.DASH)) {
      return "--";
    }
    // At the start of a row these would be read as arguments of the row break before it.
    return cell.startsWith("[") || cell.startsWith("*") ? "{}" + escape(cell) : escape(cell);
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
