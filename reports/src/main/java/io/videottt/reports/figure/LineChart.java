package io.videottt.reports.figure;

import io.videottt.reports.figure.LineFigure.Look;
import io.videottt.reports.figure.LineFigure.Panel;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.figure.LineFigure.Series;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Draws a {@link LineFigure}. */
final class LineChart {

  private static final int FIRST_PANEL = 300;
  private static final int FURTHER_PANEL = 150;
  private static final int AROUND = 110;
  private static final int LEGEND_LINE = 22;
  private static final int NAMES_PER_LINE = 4;
  private static final double GAP = 14;

  private LineChart() {}

  static FigureCharts.Sized of(LineFigure figure) {
    ValueAxis x = axis(figure.x(), all(figure.panels()).map(Point::x));
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(x);
    plot.setGap(GAP);
    Set<String> named = new HashSet<>();
    for (Panel panel : figure.panels()) {
      plot.add(panel(figure.x(), panel, named), plot.getSubplots().isEmpty() ? 2 : 1);
    }
    int height =
        FIRST_PANEL
            + FURTHER_PANEL * (figure.panels().size() - 1)
            + AROUND
            + LEGEND_LINE * ((named.size() + NAMES_PER_LINE - 1) / NAMES_PER_LINE);
    return new FigureCharts.Sized(
        FigureCharts.around(plot, figure, named.size() > 1), FigureCharts.WIDTH, height);
  }

  private static XYPlot panel(FigureAxis x, Panel panel, Set<String> named) {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    WhiskerRenderer renderer = new WhiskerRenderer();
    renderer.setDrawSeriesLineAsPath(true);
    for (int i = 0; i < panel.series().size(); i++) {
      Series series = panel.series().get(i);
      data.addSeries(points(x, panel.y(), series, i));
      renderer.setSeriesPaint(i, FigureStyle.colour(series.style()));
      renderer.setSeriesShape(i, FigureStyle.mark(series.style()));
      renderer.setSeriesShapesFilled(i, FigureStyle.isFilled(series.style()));
      renderer.setSeriesStroke(
          i,
          series.look() == Look.REFERENCE
              ? FigureStyle.reference()
              : FigureStyle.line(series.style()));
      renderer.setSeriesLinesVisible(i, series.look() != Look.POINTS);
      renderer.setSeriesShapesVisible(
          i, series.look() == Look.POINTS || series.look() == Look.MARKED_LINE);
      renderer.setSeriesVisibleInLegend(i, named.add(series.title()));
    }
    List<String> titles = panel.series().stream().map(Series::title).toList();
    renderer.setLegendItemLabelGenerator((dataset, i) -> titles.get(i));
    XYPlot plot =
        new XYPlot(
            data,
            null,
            axis(panel.y(), all(List.of(panel)).flatMap(p -> Stream.of(p.y(), p.low(), p.high()))),
            renderer);
    FigureCharts.style(plot);
    plot.setRangeZeroBaselineVisible(panel.zeroLine());
    return plot;
  }

  /** The key is the series' number: titles may be equal. */
  private static XYIntervalSeries points(FigureAxis x, FigureAxis y, Series series, int key) {
    XYIntervalSeries points = new XYIntervalSeries(key, false, true);
    for (Point point : series.points()) {
      double place = x.place(point.x());
      points.add(
          place, place, place, y.place(point.y()), y.place(point.low()), y.place(point.high()));
    }
    return points;
  }

  private static Stream<Point> all(List<Panel> panels) {
    return panels.stream()
        .flatMap(panel -> panel.series().stream())
        .flatMap(s -> s.points().stream());
  }

  private static ValueAxis axis(FigureAxis axis, Stream<Double> values) {
    DoubleSummaryStatistics range =
        DoubleStream.concat(
                values.mapToDouble(Double::doubleValue),
                axis.ticks().stream().mapToDouble(FigureAxis.Tick::value))
            .filter(Double::isFinite)
            .summaryStatistics();
    double low = range.getCount() == 0 ? 1 : range.getMin();
    double high = range.getCount() == 0 ? 1 : range.getMax();
    NumberAxis drawn;
    if (axis.scale() == FigureAxis.Scale.LINEAR && axis.ticks().isEmpty()) {
      drawn = new NumberAxis(axis.title());
      drawn.setAutoRangeIncludesZero(false);
    } else {
      drawn =
          new TickedAxis(
              axis.title(),
              axis.ticksWithin(low / 2, high * 2).stream()
                  .map(tick -> new FigureAxis.Tick(axis.place(tick.value()), tick.label()))
                  .collect(Collectors.toList()));
    }
    FigureCharts.range(drawn, axis.place(low), axis.place(high));
    FigureCharts.style(drawn);
    return drawn;
  }
}
