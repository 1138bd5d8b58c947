package io.videottt.reports.page;

import io.videottt.reports.table.HtmlTable;
import io.videottt.reports.table.HtmlText;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A section of tables, one below the other; a note that all of them have stands once, below them.
 *
 * @param id anchor
 * @param title heading
 * @param entry name in the navigation
 * @param tables in the order of the page
 */
record TablesSection(String id, String title, String entry, List<Table> tables)
    implements PageSection {

  @Override
  public boolean isEmpty() {
    return tables.isEmpty();
  }

  @Override
  public String body() {
    List<String> common = common();
    StringBuilder html = new StringBuilder();
    tables.forEach(
        table ->
            html.append(
                HtmlTable.render(
                    table,
                    3,
                    table.notes().stream().filter(note -> !common.contains(note)).toList())));
    if (!common.isEmpty()) {
      html.append("<p class=\"note\">Of each of these tables:</p>\n<ul class=\"note\">\n");
      common.forEach(note -> html.append("<li>%s</li>\n".formatted(HtmlText.escape(note))));
      html.append("</ul>\n");
    }
    return html.toString();
  }

  /** What would else stand under every table again. */
  private List<String> common() {
    if (tables.size() < 2) {
      return List.of();
    }
    List<String> common = new ArrayList<>(tables.get(0).notes());
    tables.forEach(table -> common.retainAll(table.notes()));
    return common;
  }
}
