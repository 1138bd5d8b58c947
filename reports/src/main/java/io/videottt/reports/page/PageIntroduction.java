package io.videottt.reports.page;

import io.videottt.reports.DataSetSummary;
import io.videottt.reports.MethodNote;
import io.videottt.reports.verdict.Verdict;
import java.util.List;

/**
 * What a reader of the page is told before the numbers.
 *
 * @param verdict what was found, in words
 * @param methods what the methods of the results are, controls last
 * @param dataSets what was evaluated, for the legend of classes
 */
public record PageIntroduction(
    Verdict verdict, List<MethodNote> methods, List<DataSetSummary> dataSets) {

  /** Keeps the lists from being changed. */
  public PageIntroduction {
    methods = List.copyOf(methods);
    dataSets = List.copyOf(dataSets);
  }
}
