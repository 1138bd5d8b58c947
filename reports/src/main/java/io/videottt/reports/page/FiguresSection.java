package io.videottt.reports.page;

import gg.jte.Content;
import io.videottt.reports.figure.DrawnFigure;
import io.videottt.reports.figure.FigureFormat;
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
  public Content body() {
    return PageOutput.content(JtefiguresGenerated::render, this);
  }

  List<String> reasons() {
    return leftOut.lines().toList();
  }

  List<DrawnFigure> unfolded() {
    return figures.stream().limit(UNFOLDED).toList();
  }

  List<DrawnFigure> folded() {
    return figures.stream().skip(UNFOLDED).toList();
  }

  /** The picture as markup of this program's own. */
  static String drawing(DrawnFigure figure) {
    return new String(figure.files().get(FigureFormat.SVG), StandardCharsets.UTF_8);
  }
}
