package io.videottt.reports.page;

import gg.jte.Content;
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
  public Content body() {
    return PageOutput.content(JtefoldedTablesGenerated::render, this);
  }
}
