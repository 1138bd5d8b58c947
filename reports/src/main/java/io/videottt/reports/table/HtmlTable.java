package io.videottt.reports.table;

import java.util.List;
import java.util.Set;

/** Writes a table as HTML whose columns sort when their heading is pressed. */
public final class HtmlTable {

  private HtmlTable() {}

  /**
   * @param table the table
   * @param level of its heading, from 2 to 6
   */
  public static String render(Table table, int level) {
    return render(table, level, table.notes());
  }

  /**
   * The same with fewer notes.
   *
   * @param notes that stand below it
   */
  public static String render(Table table, int level, List<String> notes) {
    String id = HtmlText.escape(table.name());
    StringBuilder html = new StringBuilder();
    html.append("<section class=\"table\" id=\"%s\">\n".formatted(id));
    html.append(
        "<h%d id=\"%s-caption\">%s</h%d>\n"
            .formatted(level, id, HtmlText.escape(table.caption()), level));
    html.append(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%s-caption\">\n"
            .formatted(id));
    html.append("<table>\n<thead><tr>");
    for (int i = 0; i < table.header().size(); i++) {
      html.append(
          "<th scope=\"col\"%s><button type=\"button\">%s</button></th>"
              .formatted(numeric(table, i), HtmlText.escape(table.header().get(i))));
    }
    html.append("</tr></thead>\n");
    body(html, table, table.rows(), table.best());
    for (RowGroup group : table.apart()) {
      html.append(
          "<tbody class=\"heading\"><tr><th colspan=\"%d\" scope=\"rowgroup\">%s</th></tr></tbody>\n"
              .formatted(table.header().size(), HtmlText.escape(group.kind().heading())));
      body(html, table, group.rows(), Set.of());
    }
    html.append("</table>\n</div>\n");
    for (String note : notes) {
      html.append("<p class=\"note\">%s</p>\n".formatted(HtmlText.escape(note)));
    }
    return html.append("</section>\n").toString();
  }

  private static void body(
      StringBuilder html, Table table, List<List<String>> rows, Set<Table.Place> best) {
    html.append("<tbody>\n");
    for (int r = 0; r < rows.size(); r++) {
      html.append("<tr>");
      for (int c = 0; c < rows.get(r).size(); c++) {
        String cell = cell(rows.get(r).get(c));
        html.append(
            (best.contains(new Table.Place(r, c)) ? "<td%s><b>%s</b></td>" : "<td%s>%s</td>")
                .formatted(numeric(table, c), cell));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n");
  }

  private static String cell(String cell) {
    return cell.equals(Table.DASH) ? "&ndash;" : HtmlText.escape(cell);
  }

  private static String numeric(Table table, int column) {
    return column < table.textColumns() ? "" : " class=\"number\"";
  }
}
