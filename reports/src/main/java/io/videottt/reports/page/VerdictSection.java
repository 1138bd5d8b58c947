package io.videottt.reports.page;

import io.videottt.reports.table.HtmlText;
import io.videottt.reports.verdict.Finding;
import io.videottt.reports.verdict.Verdict;

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
  public String body() {
    StringBuilder html = new StringBuilder();
    for (Finding finding : verdict.findings()) {
      html.append("<h3>").append(HtmlText.escape(finding.heading())).append("</h3>\n");
      for (int i = 0; i < finding.sentences().size(); i++) {
        html.append(i == 0 ? "<p class=\"answer\">" : i == 1 ? "<ul>\n<li>" : "<li>");
        html.append(HtmlText.escape(finding.sentences().get(i)));
        html.append(i == 0 ? "</p>\n" : "</li>\n");
      }
      html.append(finding.sentences().size() > 1 ? "</ul>\n" : "");
    }
    if (!verdict.reading().isEmpty()) {
      html.append("<p class=\"note\">");
      html.append(HtmlText.escape(String.join(" ", verdict.reading()))).append("</p>\n");
    }
    return html.toString();
  }
}
