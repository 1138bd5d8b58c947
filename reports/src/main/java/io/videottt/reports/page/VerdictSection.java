package io.videottt.reports.page;

import gg.jte.Content;
import io.videottt.reports.verdict.Finding;
import io.videottt.reports.verdict.Verdict;
import java.util.List;

/**
 * The section at the page's top: what was found, in words.
 *
 * @param verdict what the numbers say
 */
record VerdictSection(Verdict verdict) implements PageSection {

  @Override
  public String id() {
    return "verdict";
  }

  @Override
  public String title() {
    return "What was found";
  }

  @Override
  public boolean isEmpty() {
    return verdict.findings().isEmpty();
  }

  @Override
  public Content body() {
    return PageOutput.content(JteverdictGenerated::render, this);
  }

  /** What is said first of a finding; none where nothing is. */
  static List<String> answer(Finding finding) {
    return finding.sentences().stream().limit(1).toList();
  }

  /** What is said after it. */
  static List<String> support(Finding finding) {
    return finding.sentences().stream().skip(1).toList();
  }
}
