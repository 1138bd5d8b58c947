package io.videottt.reports.figure;

import io.videottt.reports.figure.BarFigure.Bar;
import io.videottt.reports.figure.BarFigure.Group;
import io.videottt.reports.figure.LineFigure.Look;
import io.videottt.reports.figure.LineFigure.Panel;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.figure.LineFigure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One figure of every kind, with what is hard to draw. */
public final class SampleFigures {

  private SampleFigures() {}

  public static List<Figure> all() {
    return List.of(bars(), windows(), overTime(), scatter(), heatMap());
  }

  static BarFigure bars() {
    return new BarFigure(
        "bars",
        "KITTI-STEP val, semantic",
        "Whiskers: 95 % interval.",
        "mIoU, released (%)",
        List.of("Main Task Only", "MAE Joint Training", "Offline TTT-MAE All Frames", "Tent"),
        List.of(
            new Group(
                "released",
                List.of(
                    Bar.of(53.1), Bar.of(53.4), new Bar(54.2, 53.7, 56.6), new Bar(55, 54, 55.5))),
            new Group("published", List.of(Bar.of(53.8), Bar.of(53.5), Bar.of(53.2), Bar.NONE))));
  }

  static LineFigure windows() {
    List<Point> points = new ArrayList<>();
    List<FigureAxis.Tick> ticks = new ArrayList<>();
    for (int k : new int[] {1, 2, 4, 8, 16, 32, 64}) {
      double y = 20 - Math.pow(Math.log(k / 16.0), 2) / 3;
      points.add(new Point(k, y, y - 0.7, y + 0.4));
      ticks.add(new FigureAxis.Tick(k, "" + k));
    }
    ticks.add(new FigureAxis.Tick(128, "all"));
    points.add(new Point(128, 17, 16, 17.5));
    return new LineFigure(
        "windows",
        "Window size",
        "Whiskers: 95 % interval.",
        FigureAxis.logarithmic("window size k (frames)").withTicks(ticks),
        List.of(
            new Panel(
                FigureAxis.linear("mIoU, frame mean (%)"),
                List.of(
                    new Series("Online TTT-MAE", 1, Look.MARKED_LINE, points),
                    new Series(
                        "MAE Joint Training",
                        0,
                        Look.REFERENCE,
                        List.of(Point.at(1, 15), Point.at(128, 15)))),
                false)));
  }

  static LineFigure overTime() {
    Random random = new Random(1);
    List<Series> top = new ArrayList<>();
    List<Series> bottom = new ArrayList<>();
    for (int method = 0; method < 5; method++) {
      List<Point> points = new ArrayList<>();
      List<Point> gaps = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        double gap = method + random.nextGaussian();
        double y = 40 + 10 * Math.sin(i / 20.0) + gap;
        points.add(i == 50 ? Point.at(3 * i, Double.NaN) : Point.at(3 * i, y));
        gaps.add(Point.at(3 * i, gap));
      }
      top.add(new Series("A method of number " + method, method, Look.LINE, points));
      bottom.add(new Series("A method of number " + method, method, Look.LINE, gaps));
    }
    return new LineFigure(
        "over-time",
        "0001TP <dusk> & \"dawn\"",
        "Mean of 3 frames.",
        FigureAxis.linear("frame"),
        List.of(
            new Panel(FigureAxis.linear("mIoU (%)"), top, false),
            new Panel(FigureAxis.linear("gap to fixed (pp)"), bottom.subList(1, 5), true)));
  }

  static LineFigure scatter() {
    List<Series> methods = new ArrayList<>();
    for (int method = 0; method < 9; method++) {
      double y = 10 + method;
      methods.add(
          new Series(
              "Method " + method,
              method,
              Look.POINTS,
              List.of(new Point(0.03 * Math.pow(1.7, method), y, y - 1, y + 0.5))));
    }
    return new LineFigure(
        "scatter",
        "Cost against quality",
        "Adapt + predict.",
        FigureAxis.logarithmic("seconds per frame"),
        List.of(new Panel(FigureAxis.linear("PQ, frame mean (%)"), methods, false)));
  }

  static HeatMapFigure heatMap() {
    return new HeatMapFigure(
        "heat-map",
        "learning rate x iterations",
        "mIoU, frame mean (%).",
        "learning rate",
        "iterations per frame",
        List.of("1e-5", "1e-4", "1e-3", "1e-2"),
        List.of("1", "2", "4"),
        List.of(
            List.of(20.1, 21.2, 22.9, 3.4),
            List.of(21.0, 22.9, 19.4, 2.1),
            List.of(21.7, 23.4, 15.1, Double.NaN)));
  }
}
