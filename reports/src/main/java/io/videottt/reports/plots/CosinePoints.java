package io.videottt.reports.plots;

import io.videottt.reports.Measurement;
import io.videottt.reports.OwnSettings;
import io.videottt.reports.Titles;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.VideoResult;
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

/**
 * The gain of online training on every video against the cosine of the two losses' gradients there,
 * which the paper's theory rests on: where it is positive, a step on the reconstruction should help
 * the main task.
 */
final class CosinePoints {

  private static final String ONLINE = "online-ttt-mae";

  /** Two points always lie on a line. */
  private static final int FEWEST_VIDEOS = 3;

  private final MethodStyles styles;
  private final Titles titles;

  /**
   * @param styles of the report
   * @param titles of videos
   */
  CosinePoints(MethodStyles styles, Titles titles) {
    this.styles = styles;
    this.titles = titles;
  }

  /**
   * The figure.
   *
   * @param own measurements of one evaluation set and model
   * @param cosines of the same set and model
   * @return empty where too few videos have both
   */
  Optional<Figure> of(String name, String title, List<Measurement> own, List<VideoCosine> cosines) {
    List<VideoCosine> ordered =
        cosines.stream()
            .filter(cosine -> Double.isFinite(cosine.cosine()))
            .sorted(Comparator.comparingDouble(VideoCosine::cosine))
            .toList();
    List<Series> series = new ArrayList<>();
    for (Measurement m : own) {
      if (m.method().equals(ONLINE)) {
        List<Point> points =
            ordered.stream()
                .filter(cosine -> OwnSettings.isOf(m.variant(), cosine.target()))
                .flatMap(cosine -> point(m, cosine).stream())
                .toList();
        if (points.size() >= FEWEST_VIDEOS) {
          series.add(new Series(m.heading(), styles.of(m), Look.POINTS, points));
        }
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LineFigure(
            name,
            title,
            "Cosine of the gradients of the main and the reconstruction loss with respect to f, at"
                + " f0 (ttt locality); a point is a video, with the 95 % interval of its gain."
                + fromLeftToRight(ordered)
                + warning(ordered),
            FigureAxis.linear("cosine of the two gradients"),
            List.of(new Panel(PaperFigures.gain(own.get(0).set().task()), series, true))));
  }

  private String fromLeftToRight(List<VideoCosine> ordered) {
    Map<String, List<VideoCosine>> byTarget = byTarget(ordered);
    StringBuilder text = new StringBuilder();
    byTarget.forEach(
        (target, own) ->
            text.append(
                " From left to right%s: %s."
                    .formatted(
                        byTarget.size() > 1 ? ", target " + OwnSettings.titled(target) : "",
                        videos(own))));
    return text.toString();
  }

  /** Where the loss pulls against the main task, in words. */
  private String warning(List<VideoCosine> ordered) {
    StringBuilder text = new StringBuilder();
    byTarget(ordered)
        .forEach(
            (target, all) -> {
              List<VideoCosine> against = all.stream().filter(VideoCosine::pullsAgainst).toList();
              if (!against.isEmpty()) {
                text.append(
                    (" Where the cosine is negative, the reconstruction loss (target %s) pulls"
                            + " against the main task: %s; see docs/reconstruction.md.")
                        .formatted(OwnSettings.titled(target), videos(against)));
              }
            });
    return text.toString();
  }

  private static Map<String, List<VideoCosine>> byTarget(List<VideoCosine> ordered) {
    return ordered.stream()
        .collect(
            Collectors.groupingBy(VideoCosine::target, LinkedHashMap::new, Collectors.toList()));
  }

  private String videos(List<VideoCosine> cosines) {
    return cosines.stream()
        .map(cosine -> titles.video(cosine.set(), cosine.video()))
        .collect(Collectors.joining(", "));
  }

  private static Optional<Point> point(Measurement m, VideoCosine cosine) {
    return m.perVideo().stream()
        .filter(video -> video.video().equals(cosine.video()))
        .findFirst()
        .flatMap(VideoResult::difference)
        .map(d -> PaperFigures.point(cosine.cosine(), d.estimate(), d));
  }
}
