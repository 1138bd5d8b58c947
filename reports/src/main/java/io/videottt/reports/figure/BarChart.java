package io.videottt.reports.figure;

import io.videottt.reports.figure.BarFigure.Bar;
import io.videottt.reports.figure.BarFigure.Group;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** Draws a {@link BarFigure}. */
final class BarChart {

  private static final int ROW = 34;
  private static final int AROUND = 130;
  private static final double HEAD_ROOM = 1.06;

  private BarChart() {}

  static FigureCharts.Sized of(BarFigure figure) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Group group : figure.groups()) {
      for (int i = 0; i < figure.rows().size(); i++) {
        double value = group.bars().get(i).value();
        data.addValue(Double.isNaN(value) ? null : value, group.title(), figure.rows().get(i));
      }
    }
    CategoryAxis names = new CategoryAxis();
    names.setMaximumCategoryLabelWidthRatio(0.45f);
    names.setMaximumCategoryLabelLines(2);
    names.setCategoryMargin(0.25);
    names.setLowerMargin(0.02);
    names.setUpperMargin(0.02);
    FigureCharts.style(names);
    NumberAxis values = new NumberAxis(figure.axis());
    values.setRange(0, highest(figure) * HEAD_ROOM);
    FigureCharts.style(values);
    CategoryPlot plot =
        new CategoryPlot(data, names, values, new WithIntervals(figure.groups(), figure.styles()));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(FigureStyle.GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    int height = AROUND + ROW * figure.rows().size();
    return new FigureCharts.Sized(
        FigureCharts.around(plot, figure, figure.groups().size() > 1), FigureCharts.WIDTH, height);
  }

  private static double highest(BarFigure figure) {
    return figure.groups().stream()
        .flatMap(group -> group.bars().stream())
        .flatMapToDouble(bar -> DoubleStream.of(bar.value(), bar.high()))
        .filter(value -> value > 0)
        .max()
        .orElse(1);
  }

  /** Bars with a whisker from the lower to the upper end of their interval. */
  private static final class WithIntervals extends BarRenderer {

    private static final double CAP = 4;

    private final transient List<Group> groups;
    private final transient List<Integer> styles;

    WithIntervals(List<Group> groups, List<Integer> styles) {
      this.groups = groups;
      this.styles = styles;
      setBarPainter(new StandardBarPainter());
      setShadowVisible(false);
      setItemMargin(0.05);
      for (int i = 0; i < groups.size(); i++) {
        // Grey for what is only compared with.
        setSeriesPaint(i, i == 0 ? FigureStyle.MEASURED : FigureStyle.COMPARED);
      }
    }

    @Override
    public Paint getItemPaint(int group, int row) {
      return group > 0 || styles.isEmpty()
          ? super.getItemPaint(group, row)
          : FigureStyle.colour(styles.get(row));
    }

    @Override
    public void drawItem(
        Graphics2D graphics,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis names,
        ValueAxis values,
        CategoryDataset data,
        int group,
        int row,
        int pass) {
      super.drawItem(graphics, state, area, plot, names, values, data, group, row, pass);
      Bar bar = groups.get(group).bars().get(row);
      if (Double.isNaN(bar.low()) || Double.isNaN(bar.high())) {
        return;
      }
      double top = calculateBarW0(plot, PlotOrientation.HORIZONTAL, area, names, state, group, row);
      double middle = top + state.getBarWidth() / 2;
      RectangleEdge edge = plot.getRangeAxisEdge();
      double low = values.valueToJava2D(Math.max(0, bar.low()), area, edge);
      double high = values.valueToJava2D(bar.high(), area, edge);
      graphics.setPaint(FigureStyle.INK);
      graphics.setStroke(new BasicStroke(1.4f));
      graphics.draw(new Line2D.Double(low, middle, high, middle));
      graphics.draw(new Line2D.Double(low, middle - CAP, low, middle + CAP));
      graphics.draw(new Line2D.Double(high, middle - CAP, high, middle + CAP));
    }
  }
}
