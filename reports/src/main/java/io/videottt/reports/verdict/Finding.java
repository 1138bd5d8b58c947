package io.videottt.reports.verdict;

import io.videottt.reports.table.VisibleText;
import java.util.List;

/**
 * What was found on one data set with one model on one task.
 *
 * @param heading data set, task and model
 * @param sentences the answer first, then what it is to be held against
 */
public record Finding(String heading, List<String> sentences) {

  /** Makes foreign words harmless and keeps the list from being changed. */
  public Finding {
    heading = VisibleText.of(heading);
    sentences = sentences.stream().map(VisibleText::of).toList();
  }
}
