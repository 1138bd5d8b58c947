package io.videottt.reports;

/** A picture of values, ready to be drawn by {@link FigureFormat}. */
public sealed interface Figure permits BarFigure, LineFigure, HeatMapFigure {

  /** File name stem, for example bars-camvid-test-semantic. */
  String name();

  /** Heading, one line. */
  String title();

  /** What a reader must know to read it, whole sentences. */
  String caption();
}
