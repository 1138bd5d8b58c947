package io.videottt.reports.plots;

import io.videottt.base.Task;
import io.videottt.reports.FrameShift;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureAxis;
import io.videottt.reports.figure.LineFigure;
import io.videottt.reports.figure.LineFigure.Look;
import io.videottt.reports.figure.LineFigure.Panel;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.figure.LineFigure.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The gain over the fixed model against the distance of the frame from training. */
final class DistanceLines {

  /** Frames behind a point, at least: the gain of a single frame says little. */
  private static final int FRAMES_PER_POINT = 5;

  private static final int MOST_POINTS = 8;
  private static final int FEWEST_POINTS = 3;

  private final MethodStyles styles;

  /**
   * @param styles of the report
   */
  DistanceLines(MethodStyles styles) {
    this.styles = styles;
  }

  /**
   * The figure.
   *
   * @param task whose metric is shown
   * @param shifts of one evaluation set and model, of the methods to show
   * @return empty where there are too few frames
   */
  Optional<Figure> of(String name, String title, Task task, List<FrameShift> shifts) {
    Map<String, List<FrameShift>> methods =
        shifts.stream()
            .collect(
                Collectors.groupingBy(FrameShift::title, LinkedHashMap::new, Collectors.toList()));
    List<Series> series = new ArrayList<>();
    int most = 0;
    for (List<FrameShift> frames : methods.values()) {
      int points = Math.min(MOST_POINTS, frames.size() / FRAMES_PER_POINT);
      if (points >= FEWEST_POINTS) {
        FrameShift first = frames.get(0);
        series.add(
            new Series(
                first.title(),
                styles.of(first.method(), first.title()),
                Look.MARKED_LINE,
                points(frames, points)));
        most = Math.max(most, frames.size());
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LineFigure(
            name,
            title,
            ("Distance: between mean and deviation of the three colour channels of a frame and"
                    + " those of the training images (Wasserstein distance of normal distributions;"
                    + " grey levels of 255). A point is the mean of a share of the %d frames that"
                    + " pictures were kept of; above zero a method gains.")
                .formatted(most),
            FigureAxis.linear(
                "distance of the frame's colours from the training images' (grey levels)"),
            List.of(new Panel(PaperFigures.gain(task), series, true))));
  }

  /** Means of equally many frames, by rising distance. */
  private static List<Point> points(List<FrameShift> frames, int count) {
    List<FrameShift> ordered =
        frames.stream().sorted(Comparator.comparingDouble(FrameShift::distance)).toList();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<FrameShift> share =
          ordered.subList(i * ordered.size() / count, (i + 1) * ordered.size() / count);
      points.add(
          Point.at(
              share.stream().mapToDouble(FrameShift::distance).average().orElseThrow(),
              share.stream().mapToDouble(FrameShift::gain).average().orElseThrow()));
    }
    return points;
  }
}
