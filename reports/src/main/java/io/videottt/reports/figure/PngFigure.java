package io.videottt.reports.figure;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws a chart as pixels. */
final class PngFigure {

  private static final int SCALE = 2;

  private PngFigure() {}

  static byte[] draw(FigureCharts.Sized chart, Figure figure) {
    BufferedImage picture =
        new BufferedImage(
            chart.width() * SCALE, chart.height() * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.scale(SCALE, SCALE);
      chart.chart().draw(graphics, new Rectangle2D.Double(0, 0, chart.width(), chart.height()));
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "png", bytes)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(figure.name() + " cannot be drawn", e);
    }
    return bytes.toByteArray();
  }
}
