package io.videottt.reports.page;

import io.videottt.reports.table.HtmlTable;
import io.videottt.reports.table.HtmlText;
import io.videottt.reports.table.Table;
import java.util.List;

/**
 * A section of tables behind a fold each: there may be dozens.
 *
 * @param id anchor
 * @param title heading
 * @param entry name in the navigation
 * @param tables in the order of the page
 */
record FoldedTablesSection(String id, String title, String entry, List<Table> tables)
    implements PageSection {

  @Override
  public boolean isEmpty() {
    return tables.isEmpty();
  }

  @Override
  public String body() {
    StringBuilder html = new StringBuilder();
    for (Table table : tables) {
      html.append("<details><summary>%s</summary>\n".formatted(HtmlText.escape(table.caption())));
      html.append(HtmlTable.render(table, 3)).append("</details>\n");
    }
    return html.toString();
  }
}
