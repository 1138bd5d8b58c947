package io.videottt.reports.figure;

import java.awt.BasicStroke;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Turns figures into charts, all with one look. */
final class FigureCharts {

  static final int WIDTH = 720;

  private static final int TITLE_SIZE = 15;
  private static final int LABEL_SIZE = 13;
  private static final int TICK_SIZE = 12;

  /**
   * A chart and its size.
   *
   * @param chart the chart
   * @param width pixels
   * @param height pixels
   */
  record Sized(JFreeChart chart, int width, int height) {}

  private FigureCharts() {}

  static Sized chart(Figure figure) {
    if (figure instanceof LineFigure lines) {
      return LineChart.of(lines);
    }
    if (figure instanceof BarFigure bars) {
      return BarChart.of(bars);
    }
    if (figure instanceof HeatMapFigure cells) {
      return HeatMapChart.of(cells);
    }
    throw new IllegalStateException("a figure is one of three kinds");
  }

  /** A chart of the house's look around a plot. */
  static JFreeChart around(Plot plot, Figure figure, boolean legend) {
    JFreeChart chart =
        new JFreeChart(figure.title(), FigureStyle.boldLetters(TITLE_SIZE), plot, legend);
    chart.setBackgroundPaint(FigureStyle.BACKGROUND);
    chart.setAntiAlias(true);
    chart.setPadding(new RectangleInsets(8, 8, 8, 14));
    TextTitle title = chart.getTitle();
    title.setPaint(FigureStyle.INK);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPadding(0, 4, 8, 4);
    LegendTitle names = chart.getLegend();
    if (names != null) {
      names.setPosition(RectangleEdge.BOTTOM);
      names.setFrame(BlockBorder.NONE);
      names.setBackgroundPaint(null);
      names.setItemFont(FigureStyle.letters(TICK_SIZE));
      names.setItemPaint(FigureStyle.INK);
      names.setItemLabelPadding(new RectangleInsets(2, 3, 2, 12));
    }
    return chart;
  }

  static void style(Axis axis) {
    axis.setLabelFont(FigureStyle.letters(LABEL_SIZE));
    axis.setLabelPaint(FigureStyle.INK);
    axis.setTickLabelFont(FigureStyle.letters(TICK_SIZE));
    axis.setTickLabelPaint(FigureStyle.INK);
    axis.setAxisLinePaint(FigureStyle.INK);
    axis.setTickMarkPaint(FigureStyle.INK);
  }

  static void style(XYPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(FigureStyle.GRID);
    plot.setRangeGridlinePaint(FigureStyle.GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setRangeZeroBaselinePaint(FigureStyle.INK);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  /** Room at both ends, so that no mark is cut. */
  static void range(ValueAxis axis, double low, double high) {
    double room = high > low ? (high - low) * 0.05 : Math.max(Math.abs(low) * 0.05, 0.5);
    axis.setRange(low - room, high + room);
  }
}
