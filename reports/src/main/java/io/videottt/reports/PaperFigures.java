package io.videottt.reports;

import io.videottt.reports.LineFigure.Look;
import io.videottt.reports.LineFigure.Panel;
import io.videottt.reports.LineFigure.Point;
import io.videottt.reports.LineFigure.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the report's figures: for every evaluation set and model the methods as bars (the paper's
 * Figure 2) and their cost against their quality, and the metric against the window size (Figure 4)
 * where several were run; for every video the metric and the reconstruction loss over time.
 */
public final class PaperFigures {

  /** From here on styles belong to no method. */
  static final int FIRST_FREE_STYLE = 8;

  private static final String FIXED = "mae-joint-training";
  private static final String ONLINE = "online-ttt-mae";
  private static final String WHISKERS =
      "Whiskers: 95 % interval of the difference to the fixed jointly trained model on these videos"
          + " (paired block bootstrap), drawn around the mean.";

  private final MethodBars bars;
  private final WindowLines windowLines = new WindowLines();
  private final List<Measurement> measurements;
  private final List<WindowResult> windows;
  private final List<VideoOverTime> videos;
  private final Set<String> names = new HashSet<>();

  /**
   * @param published the paper's numbers
   * @param measurements what was measured
   * @param windows results of methods with a window
   * @param videos how methods went through videos
   */
  public PaperFigures(
      PublishedResults published,
      List<Measurement> measurements,
      List<WindowResult> windows,
      List<VideoOverTime> videos) {
    this.bars = new MethodBars(published);
    this.measurements = List.copyOf(measurements);
    this.windows = List.copyOf(windows);
    this.videos = List.copyOf(videos);
  }

  /** The number of a method's colour and mark, the same in every figure. */
  static int style(String method, int otherwise) {
    return Map.of(
            // The colour of the fixed model, dashed.
            "main-task-only",
            FIRST_FREE_STYLE - 1,
            FIXED,
            0,
            ONLINE,
            1,
            "ttt-mae-no-memory",
            2,
            "offline-ttt-mae-all-frames",
            3,
            "standardised-fixed",
            4,
            "implicit-memory-only",
            5,
            "explicit-memory-only",
            6)
        .getOrDefault(method, otherwise);
  }

  /** Every figure that the results fill. */
  public List<Figure> all() {
    names.clear();
    List<Figure> figures = new ArrayList<>();
    for (Group group : groups()) {
      List<Measurement> own = measurements.stream().filter(group::has).toList();
      figures.add(bars.of(name("bars", group), title(group), whiskers(own), own));
      windowLines
          .of(
              name("windows", group),
              title(group) + ": window size",
              whiskers(own),
              own,
              windows.stream().filter(result -> group.has(result.measurement())).toList())
          .ifPresent(figures::add);
      figures.add(cost(group, own));
    }
    for (VideoOverTime video : videos) {
      overTime(video).ifPresent(figures::add);
    }
    figures.addAll(losses());
    return figures;
  }

  private static String whiskers(List<Measurement> own) {
    return WHISKERS + Notes.otherFramesInShort(own);
  }

  private record Group(EvaluationSet set, String model) {

    boolean has(Measurement m) {
      return m.set().equals(set) && m.model().equals(model);
    }
  }

  private Set<Group> groups() {
    Set<Group> groups = new LinkedHashSet<>();
    measurements.forEach(m -> groups.add(new Group(m.set(), m.model())));
    return groups;
  }

  private String title(Group group) {
    String title =
        "%s %s, %s".formatted(group.set().dataset(), group.set().split(), group.set().task().id());
    return several() ? title + ", model " + group.model() : title;
  }

  private boolean several() {
    return measurements.stream().map(Measurement::model).distinct().count() > 1;
  }

  private String name(String kind, Group group) {
    return name(kind, group, "");
  }

  private String name(String kind, Group group, String video) {
    EvaluationSet set = group.set();
    String of = "%s-%s-%s".formatted(set.dataset(), set.split(), set.task().id());
    return plain(kind, of, group.model(), video);
  }

  /** A file name of plain letters; video ids may hold any. */
  private String plain(String kind, String set, String model, String video) {
    String name = kind + "-" + set;
    name += several() ? "-" + model : "";
    name += video.isEmpty() ? "" : "-" + video;
    String plain = name.replaceAll("[^\\w.-]", "_");
    String own = plain;
    for (int i = 2; !names.add(own); i++) {
      own = plain + "-" + i;
    }
    return own;
  }

  static Point point(double x, Measurement m) {
    return m.difference()
        .map(d -> point(x, m.frameMean(), d))
        .orElseGet(() -> Point.at(x, m.frameMean()));
  }

  /** A value with the interval of a difference around it, where there is one. */
  static Point point(double x, double value, Difference d) {
    return d.sameVideos().exists()
        ? new Point(
            x,
            value,
            value + d.sameVideos().lower() - d.estimate(),
            value + d.sameVideos().upper() - d.estimate())
        : Point.at(x, value);
  }

  static FigureAxis quality(EvaluationSet set) {
    return FigureAxis.linear(set.task().metric() + ", frame mean (%)");
  }

  private Figure cost(Group group, List<Measurement> own) {
    List<Series> methods = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    for (Measurement m : own) {
      double seconds = m.seconds().total();
      if (seconds > 0) {
        // Several settings of one method need colours of their own.
        int style = style(m.method(), FIRST_FREE_STYLE + methods.size());
        methods.add(
            new Series(
                m.heading(),
                used.add(style) ? style : FIRST_FREE_STYLE + methods.size(),
                Look.POINTS,
                List.of(point(seconds, m))));
      }
    }
    return new LineFigure(
        name("cost", group),
        title(group) + ": cost against quality",
        "Seconds per frame: adaptation and prediction, logarithmic. " + whiskers(own),
        FigureAxis.logarithmic("seconds per frame (adapt + predict)"),
        List.of(new Panel(quality(group.set()), methods, false)));
  }

  private Optional<Figure> overTime(VideoOverTime video) {
    List<TimeLine> shown = TimeLines.compared(video.lines());
    Group group = new Group(video.set(), video.model());
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TimeLines.quality(
                name("over-time", group, video.video()),
                "%s: video %s over time".formatted(title(group), video.video()),
                video.set(),
                shown));
  }

  /** A model's way through a video, which is the same for all tasks that it is evaluated on. */
  private record Adaptation(String dataset, String split, String model, String video) {}

  private List<Figure> losses() {
    Map<Adaptation, Map<String, TimeLine>> lines = new LinkedHashMap<>();
    for (VideoOverTime video : videos) {
      Adaptation adaptation =
          new Adaptation(video.set().dataset(), video.set().split(), video.model(), video.video());
      Map<String, TimeLine> own = lines.computeIfAbsent(adaptation, which -> new LinkedHashMap<>());
      TimeLines.withLoss(video.lines()).forEach(line -> own.putIfAbsent(line.title(), line));
    }
    List<Figure> figures = new ArrayList<>();
    lines.forEach(
        (adaptation, own) -> {
          List<TimeLine> shown = TimeLines.chosen(List.copyOf(own.values()));
          if (!shown.isEmpty()) {
            String set = adaptation.dataset() + "-" + adaptation.split();
            String model = several() ? ", model " + adaptation.model() : "";
            figures.add(
                TimeLines.loss(
                    plain("loss", set, adaptation.model(), adaptation.video()),
                    "%s %s%s: reconstruction loss in video %s"
                        .formatted(
                            adaptation.dataset(), adaptation.split(), model, adaptation.video()),
                    shown));
          }
        });
    return figures;
  }
}
