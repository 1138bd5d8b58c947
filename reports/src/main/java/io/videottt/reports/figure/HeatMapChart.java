package io.videottt.reports.figure;

import io.videottt.reports.table.Cells;
import java.awt.Color;
import java.awt.Paint;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * Draws a {@link HeatMapFigure}. Its colours run from dark blue to yellow as those of cividis
 * (Nuñez et al., 2018), whose brightness rises evenly, also for colour-blind people.
 */
final class HeatMapChart {

  private static final int ROW = 44;
  private static final int AROUND = 130;
  private static final int NUMBER_SIZE = 12;

  /** Cividis at equal distances. */
  private static final int[] COLOURS = {
    0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
    0xfee838
  };

  private HeatMapChart() {}

  static FigureCharts.Sized of(HeatMapFigure figure) {
    DoubleSummaryStatistics range =
        figure.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .summaryStatistics();
    List<double[]> cells = new ArrayList<>();
    for (int y = 0; y < figure.rows().size(); y++) {
      for (int x = 0; x < figure.columns().size(); x++) {
        cells.add(new double[] {x, y, figure.values().get(y).get(x)});
      }
    }
    double[][] columns = new double[3][cells.size()];
    for (int i = 0; i < cells.size(); i++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][i] = cells.get(i)[c];
      }
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries("", columns);
    Cividis scale = new Cividis(range.getMin(), range.getMax());
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(scale);
    XYPlot plot =
        new XYPlot(
            data, axis(figure.x(), figure.columns()), axis(figure.y(), figure.rows()), renderer);
    FigureCharts.style(plot);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    for (double[] cell : cells) {
      plot.addAnnotation(number(cell, scale));
    }
    int height = AROUND + ROW * figure.rows().size();
    return new FigureCharts.Sized(
        FigureCharts.around(plot, figure, false), FigureCharts.WIDTH, height);
  }

  private static XYTextAnnotation number(double[] cell, Cividis scale) {
    XYTextAnnotation number = new XYTextAnnotation(Cells.percent(cell[2]), cell[0], cell[1]);
    number.setFont(FigureStyle.letters(NUMBER_SIZE));
    number.setTextAnchor(TextAnchor.CENTER);
    number.setPaint(scale.isDark(cell[2]) ? Color.WHITE : Color.BLACK);
    return number;
  }

  private static NumberAxis axis(String title, List<String> names) {
    List<FigureAxis.Tick> ticks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ticks.add(new FigureAxis.Tick(i, names.get(i)));
    }
    NumberAxis axis = new TickedAxis(title, ticks);
    axis.setRange(-0.5, names.size() - 0.5);
    FigureCharts.style(axis);
    return axis;
  }

  private record Cividis(double low, double high) implements PaintScale {

    @Override
    public double getLowerBound() {
      return low;
    }

    @Override
    public double getUpperBound() {
      return high;
    }

    @Override
    public Paint getPaint(double value) {
      if (!Double.isFinite(value)) {
        return FigureStyle.EMPTY_CELL;
      }
      double place = share(value) * (COLOURS.length - 1);
      int before = Math.min((int) place, COLOURS.length - 2);
      return mixed(new Color(COLOURS[before]), new Color(COLOURS[before + 1]), place - before);
    }

    boolean isDark(double value) {
      return Double.isFinite(value) && share(value) < 0.5;
    }

    private double share(double value) {
      return high > low ? (value - low) / (high - low) : 0.5;
    }

    private static Color mixed(Color one, Color other, double share) {
      return new Color(
          mixed(one.getRed(), other.getRed(), share),
          mixed(one.getGreen(), other.getGreen(), share),
          mixed(one.getBlue(), other.getBlue(), share));
    }

    private static int mixed(int one, int other, double share) {
      return (int) Math.round(one + (other - one) * share);
    }
  }
}
