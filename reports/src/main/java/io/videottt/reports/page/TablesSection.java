package io.videottt.reports.page;

import gg.jte.Content;
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
  public Content body() {
    return PageOutput.content(JtetablesGenerated::render, this);
  }

  /** The notes of a table that not all of them have. */
  List<String> own(Table table) {
    List<String> common = common();
    return table.notes().stream().filter(note -> !common.contains(note)).toList();
  }

  /** What would else stand under every table again. */
  List<String> common() {
    if (tables.size() < 2) {
      return List.of();
    }
    List<String> common = new ArrayList<>(tables.get(0).notes());
    tables.forEach(table -> common.retainAll(table.notes()));
    return common;
  }
}
