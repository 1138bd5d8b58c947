package io.videottt.reports.page;

import io.videottt.reports.figure.DrawnFigure;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureFormat;
import io.videottt.reports.table.HtmlText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The section of the figures.
 *
 * @param figures in the order of the page
 * @param leftOut why there are no figures, or which are not drawn, a sentence a line; empty where
 *     nothing is left out
 */
record FiguresSection(List<DrawnFigure> figures, String leftOut) implements PageSection {

  /** More are looked for, not looked at. */
  private static final int UNFOLDED = 12;

  @Override
  public String id() {
    return "figures";
  }

  @Override
  public String title() {
    return "Figures";
  }

  @Override
  public String entry() {
    return figures.isEmpty() ? "" : title();
  }

  @Override
  public boolean isEmpty() {
    return figures.isEmpty() && leftOut.isEmpty();
  }

  @Override
  public String body() {
    StringBuilder html = new StringBuilder();
    if (!leftOut.isEmpty()) {
      leftOut.lines().forEach(line -> html.append("<p>%s</p>\n".formatted(HtmlText.escape(line))));
    }
    int first = Math.min(UNFOLDED, figures.size());
    grid(html, figures.subList(0, first));
    if (first < figures.size()) {
      html.append(
          "<details><summary>More figures (%d)</summary>\n".formatted(figures.size() - first));
      grid(html, figures.subList(first, figures.size()));
      html.append("</details>\n");
    }
    return html.toString();
  }

  private static void grid(StringBuilder html, List<DrawnFigure> figures) {
    html.append("<div class=\"figures\">\n");
    for (DrawnFigure drawn : figures) {
      Figure figure = drawn.figure();
      html.append("<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
      html.append(HtmlText.escape(figure.title())).append("\">");
      html.append(new String(drawn.files().get(FigureFormat.SVG), StandardCharsets.UTF_8));
      html.append("</div>\n<figcaption>");
      html.append(HtmlText.escape(figure.caption())).append("</figcaption>\n</figure>\n");
    }
    html.append("</div>\n");
  }
}
