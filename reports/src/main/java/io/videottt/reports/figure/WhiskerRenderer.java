package io.videottt.reports.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;

/** Lines and marks, with a whisker where a point has an interval. */
final class WhiskerRenderer extends XYLineAndShapeRenderer {

  private static final double CAP = 3.5;
  private static final float STROKE = 1.2f;

  @Override
  public void drawItem(
      Graphics2D graphics,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domain,
      ValueAxis range,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    if (isLinePass(pass) && data instanceof IntervalXYDataset intervals) {
      drawWhisker(graphics, area, plot, domain, range, intervals, series, item);
    }
    super.drawItem(
        graphics, state, area, info, plot, domain, range, data, series, item, crosshair, pass);
  }

  private void drawWhisker(
      Graphics2D graphics,
      Rectangle2D area,
      XYPlot plot,
      ValueAxis domain,
      ValueAxis range,
      IntervalXYDataset data,
      int series,
      int item) {
    double lowest = data.getStartYValue(series, item);
    double highest = data.getEndYValue(series, item);
    if (!(lowest < highest)) {
      return;
    }
    double x = domain.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
    double low = range.valueToJava2D(lowest, area, plot.getRangeAxisEdge());
    double high = range.valueToJava2D(highest, area, plot.getRangeAxisEdge());
    graphics.setPaint(getItemPaint(series, item));
    graphics.setStroke(new BasicStroke(STROKE));
    graphics.draw(new Line2D.Double(x, low, x, high));
    graphics.draw(new Line2D.Double(x - CAP, low, x + CAP, low));
    graphics.draw(new Line2D.Double(x - CAP, high, x + CAP, high));
  }
}
