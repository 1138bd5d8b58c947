package io.videottt.reports;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A section of tables, one below the other.
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
    return tables.stream().map(table -> HtmlTable.render(table, 3)).collect(Collectors.joining());
  }
}
