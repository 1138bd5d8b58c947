package io.videottt.reports.published;

import io.videottt.reports.Measurement;
import java.util.List;

/**
 * A table of the paper.
 *
 * @param id file name stem, for example table1
 * @param caption heading
 * @param rows in the paper's order
 */
public record PublishedTable(String id, String caption, List<PublishedRow> rows) {

  /**
   * Those of the measurements that the table shows: of its methods, controls, and of methods that
   * no table of the paper has.
   */
  public List<Measurement> shown(List<Measurement> measured, PublishedResults paper) {
    return measured.stream()
        .filter(m -> m.control() || paper.isOutside(m) || has(m.method()))
        .toList();
  }

  /** Whether a row of it is of the method with this id. */
  public boolean has(String method) {
    return rows.stream().anyMatch(row -> row.method().equals(method));
  }
}
