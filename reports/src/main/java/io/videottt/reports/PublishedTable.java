package io.videottt.reports;

import java.util.List;

/**
 * A table of the paper.
 *
 * @param id file name stem, for example table1
 * @param caption heading
 * @param rows in the paper's order
 */
public record PublishedTable(String id, String caption, List<PublishedRow> rows) {

  /** Those of the measurements that the table has a row for: of its methods, and controls. */
  List<Measurement> shown(List<Measurement> measured) {
    return measured.stream()
        .filter(m -> m.control() || rows.stream().anyMatch(row -> row.method().equals(m.method())))
        .toList();
  }
}
