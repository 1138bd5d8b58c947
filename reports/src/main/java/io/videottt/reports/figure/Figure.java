package io.videottt.reports.figure;

/** A picture of values, ready to be drawn by {@link FigureFormat}. */
public sealed interface Figure permits BarFigure, LineFigure, HeatMapFigure {

  /** Characters of a title that is still read; longer ones, of foreign results say, are cut. */
  int LONGEST_TITLE = 200;

  /** Characters of a label beside a bar, a line or a tick. */
  int LONGEST_LABEL = 100;

  /** File name stem, for example bars-camvid-test-semantic. */
  String name();

  /** Heading, one line. */
  String title();

  /** What a reader must know to read it, whole sentences. */
  String caption();
}
