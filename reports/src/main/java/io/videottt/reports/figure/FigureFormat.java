package io.videottt.reports.figure;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import java.awt.font.FontRenderContext;

/** A way to draw a figure. The same figure gives the same bytes on the same system. */
public enum FigureFormat {
  /** Scalable vector graphics; letters stay letters. */
  SVG("svg") {
    @Override
    public byte[] draw(Figure figure) {
      return SvgFigure.draw(FigureCharts.chart(figure), figure);
    }
  },
  /** Portable network graphics at twice the figure's size. */
  PNG("png") {
    @Override
    public byte[] draw(Figure figure) {
      return PngFigure.draw(FigureCharts.chart(figure), figure);
    }
  };

  private final String extension;

  FigureFormat(String extension) {
    this.extension = extension;
  }

  /** File name extension, without the dot. */
  public String extension() {
    return extension;
  }

  /** The figure's file. */
  public abstract byte[] draw(Figure figure);

  /**
   * Checks that figures can be drawn here: Java brings no letters along.
   *
   * @throws InvalidInputException when the system has no fonts
   */
  public static void requireFonts() {
    try {
      FigureStyle.letters(1).getLineMetrics("x", new FontRenderContext(null, true, true));
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new InvalidInputException(
          "figures cannot be drawn: this system has no fonts (%s)".formatted(reason(e))
              + "\ninstall fontconfig and a font, for example DejaVu",
          e);
    }
  }

  /** Java wraps what fontconfig said in errors without words of their own. */
  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return FailureReason.of(root);
  }
}
