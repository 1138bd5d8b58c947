package io.videottt.reports.plots;

import io.videottt.reports.Measurement;
import io.videottt.reports.WindowResult;
import io.videottt.reports.figure.FigureAxis;
import io.videottt.reports.figure.FigureAxis.Tick;
import io.videottt.reports.figure.LineFigure;
import io.videottt.reports.figure.LineFigure.Look;
import io.videottt.reports.figure.LineFigure.Panel;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.figure.LineFigure.Series;
import io.videottt.reports.table.Cells;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metric against the window size (the paper's Figure 4). A window of all frames stands at the
 * right end; implicit memory only is a window of one frame.
 */
final class WindowLines {

  private static final String ONLINE = "online-ttt-mae";
  private static final String IMPLICIT = "implicit-memory-only";
  private static final String FIXED = "mae-joint-training";

  /** Fewer sizes are a comparison of two numbers, which tables do better. */
  private static final int FEWEST_SIZES = 3;

  private final MethodStyles styles;

  /**
   * @param styles of the report
   */
  WindowLines(MethodStyles styles) {
    this.styles = styles;
  }

  /**
   * @param own measurements of one evaluation set and model
   * @param windows of the same set and model
   * @return empty when fewer than {@value #FEWEST_SIZES} window sizes were run with otherwise equal
   *     settings
   */
  Optional<LineFigure> of(
      String name,
      String title,
      String caption,
      List<Measurement> own,
      List<WindowResult> windows) {
    Map<String, TreeMap<Double, Measurement>> lines = new LinkedHashMap<>();
    double all = 2 * windows.stream().mapToInt(WindowResult::window).max().orElse(1);
    windows.stream()
        .filter(result -> result.measurement().method().equals(ONLINE))
        .forEach(result -> add(lines, result, result.window() == 0 ? all : result.window()));
    windows.stream()
        .filter(result -> result.measurement().method().equals(IMPLICIT))
        .filter(result -> lines.containsKey(result.otherSettings()))
        .forEach(result -> add(lines, result, 1));
    lines.values().removeIf(line -> line.size() < FEWEST_SIZES);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>();
    lines.values().forEach(line -> series.add(line(line, lines.size() > 1)));
    Map<Double, String> ticks = new TreeMap<>();
    lines.values().stream()
        .flatMap(line -> line.keySet().stream())
        .forEach(k -> ticks.put(k, k == all ? "all" : Integer.toString(k.intValue())));
    double first = ticks.keySet().stream().min(Comparator.naturalOrder()).orElseThrow();
    double last = ticks.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
    own.stream()
        .filter(m -> m.method().equals(FIXED))
        .findFirst()
        .ifPresent(
            m ->
                series.add(
                    new Series(
                        m.title(),
                        styles.of(m),
                        Look.REFERENCE,
                        List.of(Point.at(first, m.frameMean()), Point.at(last, m.frameMean())))));
    List<Tick> labels = new ArrayList<>();
    ticks.forEach((place, label) -> labels.add(new Tick(place, label)));
    return Optional.of(
        new LineFigure(
            name,
            title,
            "Window sizes at equal batch and iterations, logarithmic; all: every frame seen so far."
                + " Implicit Memory Only stands for a window of one frame. "
                + caption,
            FigureAxis.logarithmic("window size k (frames)").withTicks(labels),
            List.of(new Panel(PaperFigures.quality(own.get(0).set()), series, false))));
  }

  /** Of two results of one size the first counts: the method of that name is run as such. */
  private static void add(
      Map<String, TreeMap<Double, Measurement>> lines, WindowResult result, double place) {
    lines
        .computeIfAbsent(result.otherSettings(), settings -> new TreeMap<>())
        .putIfAbsent(place, result.measurement());
  }

  private Series line(TreeMap<Double, Measurement> line, boolean several) {
    List<Point> points = new ArrayList<>();
    line.forEach((k, m) -> points.add(PaperFigures.point(k, m)));
    Measurement last = line.lastEntry().getValue();
    String title = several ? Cells.titled(last.title(), last.variant()) : last.title();
    return new Series(
        title,
        several ? styles.of(ONLINE, title) : styles.of(ONLINE, last.title()),
        Look.MARKED_LINE,
        points);
  }
}
