package io.videottt.reports;

import io.videottt.reports.LineFigure.Look;
import io.videottt.reports.LineFigure.Panel;
import io.videottt.reports.LineFigure.Point;
import io.videottt.reports.LineFigure.Series;
import io.videottt.reports.TimeLine.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Metric and loss over the frames of a video. */
final class TimeLines {

  /** More lines than this cannot be told apart where they cross. */
  private static final int MOST_LINES = 5;

  private static final String FIXED = "mae-joint-training";

  /** Which methods are shown when there are more. */
  private static final List<String> FIRST =
      List.of(
          FIXED,
          "online-ttt-mae",
          "ttt-mae-no-memory",
          "offline-ttt-mae-all-frames",
          "standardised-fixed");

  private TimeLines() {}

  /** The lines to compare, the fixed model first. */
  static List<TimeLine> compared(List<TimeLine> lines) {
    return chosen(lines.stream().filter(line -> any(line, Moment::quality)).toList());
  }

  /** The lines of methods that take steps. */
  static List<TimeLine> withLoss(List<TimeLine> lines) {
    return lines.stream().filter(line -> any(line, Moment::loss)).toList();
  }

  private static boolean any(TimeLine line, ToDoubleFunction<Moment> value) {
    return line.moments().stream().anyMatch(m -> Double.isFinite(value.applyAsDouble(m)));
  }

  /** As many as can be told apart. */
  static List<TimeLine> chosen(List<TimeLine> lines) {
    List<TimeLine> chosen = new ArrayList<>();
    for (String method : FIRST) {
      lines.stream()
          .filter(line -> line.method().equals(method))
          .findFirst()
          .ifPresent(chosen::add);
    }
    lines.stream().filter(line -> !chosen.contains(line)).forEach(chosen::add);
    return chosen.subList(0, Math.min(MOST_LINES, chosen.size()));
  }

  static Figure quality(String name, String title, EvaluationSet set, List<TimeLine> lines) {
    List<Panel> panels = new ArrayList<>();
    String metric = set.task().metric();
    panels.add(
        new Panel(
            FigureAxis.linear(metric + " (%)"), series(lines, lines, Moment::quality), false));
    Optional<TimeLine> fixed =
        lines.stream().filter(line -> line.method().equals(FIXED)).findFirst();
    List<TimeLine> others = lines.stream().filter(line -> !line.method().equals(FIXED)).toList();
    String gap = "";
    if (fixed.isPresent() && !others.isEmpty()) {
      Map<Integer, Double> before = new HashMap<>();
      fixed.get().moments().forEach(m -> before.put(m.frame(), m.quality()));
      ToDoubleFunction<Moment> difference =
          m -> m.quality() - before.getOrDefault(m.frame(), Double.NaN);
      panels.add(
          new Panel(
              FigureAxis.linear("gap to fixed (points)"), series(lines, others, difference), true));
      gap = " Below: the gap to the fixed jointly trained model, in percent points.";
    }
    return new LineFigure(name, title, sampling(lines) + gap, FigureAxis.linear("frame"), panels);
  }

  static Figure loss(String name, String title, List<TimeLine> lines) {
    return new LineFigure(
        name,
        title,
        "Loss of a frame's first batch before its first step. " + sampling(lines),
        FigureAxis.linear("frame"),
        List.of(
            new Panel(
                FigureAxis.linear("reconstruction loss"),
                series(lines, lines, Moment::loss),
                false)));
  }

  /** How many frames a point of the lines stands for. */
  private static String sampling(List<TimeLine> lines) {
    List<Moment> moments = lines.get(0).moments();
    int frames =
        moments.size() < 2
            ? 1
            : Math.round(
                (float) (moments.get(moments.size() - 1).frame() - moments.get(0).frame())
                    / (moments.size() - 1));
    return frames < 2
        ? "Every point is a frame."
        : "Every point is the mean of about %d consecutive frames.".formatted(frames);
  }

  /**
   * @param all all lines of the figure, which decide the colours
   * @param lines those of the panel
   */
  private static List<Series> series(
      List<TimeLine> all, List<TimeLine> lines, ToDoubleFunction<Moment> value) {
    List<Series> series = new ArrayList<>();
    for (TimeLine line : lines) {
      series.add(
          new Series(
              line.title(),
              PaperFigures.style(line.method(), PaperFigures.FIRST_FREE_STYLE + all.indexOf(line)),
              Look.LINE,
              line.moments().stream()
                  .map(m -> Point.at(m.frame(), value.applyAsDouble(m)))
                  // A video may be annotated at every tenth frame only: no gaps there.
                  .filter(point -> Double.isFinite(point.y()))
                  .toList()));
    }
    return series;
  }
}
