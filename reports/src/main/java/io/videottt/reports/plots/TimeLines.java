package io.videottt.reports.plots;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.TimeLine;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureAxis;
import io.videottt.reports.figure.LineFigure;
import io.videottt.reports.figure.LineFigure.Look;
import io.videottt.reports.figure.LineFigure.Panel;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.figure.LineFigure.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private final MethodStyles styles;

  /**
   * @param styles of the report
   */
  TimeLines(MethodStyles styles) {
    this.styles = styles;
  }

  /**
   * The lines to compare, the fixed model first.
   *
   * @param best title of the best of all, which is never left out; empty where nobody knows
   */
  static List<TimeLine> compared(List<TimeLine> lines, Optional<String> best) {
    return chosen(lines.stream().filter(line -> any(line, Moment::quality)).toList(), best);
  }

  /** The lines of methods that take steps. */
  static List<TimeLine> withLoss(List<TimeLine> lines) {
    return lines.stream().filter(line -> any(line, Moment::loss)).toList();
  }

  private static boolean any(TimeLine line, ToDoubleFunction<Moment> value) {
    return line.moments().stream().anyMatch(m -> Double.isFinite(value.applyAsDouble(m)));
  }

  /**
   * As many as can be told apart: the fixed model and online training, the best of all and the best
   * in this video, then others.
   */
  static List<TimeLine> chosen(List<TimeLine> lines, Optional<String> best) {
    Set<TimeLine> chosen = new LinkedHashSet<>();
    FIRST.subList(0, 2).forEach(method -> first(lines, method).ifPresent(chosen::add));
    lines.stream()
        .filter(line -> best.filter(line.title()::equals).isPresent())
        .forEach(chosen::add);
    lines.stream()
        .filter(line -> any(line, Moment::quality))
        .max(Comparator.comparingDouble(TimeLines::mean))
        .ifPresent(chosen::add);
    FIRST.forEach(method -> first(lines, method).ifPresent(chosen::add));
    chosen.addAll(lines);
    return chosen.stream().limit(MOST_LINES).toList();
  }

  private static Optional<TimeLine> first(List<TimeLine> lines, String method) {
    return lines.stream().filter(line -> line.method().equals(method)).findFirst();
  }

  private static double mean(TimeLine line) {
    return line.moments().stream()
        .mapToDouble(Moment::quality)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  Figure quality(String name, String title, EvaluationSet set, List<TimeLine> lines) {
    List<Panel> panels = new ArrayList<>();
    String metric = set.task().metric();
    panels.add(
        new Panel(
            FigureAxis.linear("%s (%s)".formatted(metric, set.task().unit().symbol())),
            series(lines, Moment::quality),
            false));
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
              FigureAxis.linear("gap to fixed (%s)".formatted(set.task().unit().points())),
              series(others, difference),
              true));
      gap =
          " Below: the gap to the fixed jointly trained model, in %s."
              .formatted(set.task().unit().difference());
    }
    return new LineFigure(name, title, sampling(lines) + gap, FigureAxis.linear("frame"), panels);
  }

  Figure loss(String name, String title, List<TimeLine> lines) {
    return new LineFigure(
        name,
        title,
        "Loss of a frame's first batch before its first step. " + sampling(lines),
        FigureAxis.linear("frame"),
        List.of(
            new Panel(
                FigureAxis.linear("reconstruction loss"), series(lines, Moment::loss), false)));
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

  private List<Series> series(List<TimeLine> lines, ToDoubleFunction<Moment> value) {
    List<Series> series = new ArrayList<>();
    for (TimeLine line : lines) {
      series.add(
          new Series(
              line.title(),
              styles.of(line.method(), line.title()),
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
