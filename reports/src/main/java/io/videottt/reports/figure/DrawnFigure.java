package io.videottt.reports.figure;

import java.util.EnumMap;
import java.util.Map;

/**
 * A figure with its files, drawn once for the folder of figures and the page.
 *
 * @param figure what is shown
 * @param files by format
 */
public record DrawnFigure(Figure figure, Map<FigureFormat, byte[]> files) {

  /** Keeps the map from being changed. */
  public DrawnFigure {
    files = Map.copyOf(files);
  }

  /** Draws a figure in every format. */
  public static DrawnFigure of(Figure figure) {
    Map<FigureFormat, byte[]> files = new EnumMap<>(FigureFormat.class);
    for (FigureFormat format : FigureFormat.values()) {
      files.put(format, format.draw(figure));
    }
    return new DrawnFigure(figure, files);
  }
}
