package io.videottt.reports;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The section of the figures.
 *
 * @param figures in the order of the page
 * @param leftOut why there are no figures, empty when there are
 */
record FiguresSection(List<DrawnFigure> figures, String leftOut) implements PageSection {

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
      html.append("<p>%s</p>\n".formatted(HtmlText.escape(leftOut)));
    }
    html.append("<div class=\"figures\">\n");
    for (DrawnFigure drawn : figures) {
      Figure figure = drawn.figure();
      html.append("<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
      html.append(HtmlText.escape(figure.title())).append("\">");
      html.append(new String(drawn.files().get(FigureFormat.SVG), StandardCharsets.UTF_8));
      html.append("</div>\n<figcaption>");
      html.append(HtmlText.escape(figure.caption())).append("</figcaption>\n</figure>\n");
    }
    return html.append("</div>\n").toString();
  }
}
