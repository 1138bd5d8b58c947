package io.videottt.reports.plots;

import io.videottt.base.Task;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.Results;
import io.videottt.reports.TimeLine;
import io.videottt.reports.Titles;
import io.videottt.reports.VideoOverTime;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureAxis;
import io.videottt.reports.figure.LineFigure;
import io.videottt.reports.figure.LineFigure.Look;
import io.videottt.reports.figure.LineFigure.Panel;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.figure.LineFigure.Series;
import io.videottt.reports.paper.Notes;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.table.Cells;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the report's figures, those of most use first: for every evaluation set and model the
 * methods as bars (the paper's Figure 2), the gain against the frame's distance from training and
 * against the gradients' cosine, the metric against the window size (Figure 4) where several were
 * run, and cost against quality; for every video the metric and the reconstruction loss over time.
 */
public final class PaperFigures {

  private static final String ONLINE = "online-ttt-mae";

  /** Lines of one figure: more cannot be told apart where they cross. */
  private static final int MOST_LINES = 5;

  private static final String WHISKERS =
      "Whiskers: 95 % interval of the difference to the fixed jointly trained model on these videos"
          + " (paired block bootstrap), drawn around the mean.";

  private final List<Measurement> measurements;
  private final Titles titles;
  private final FigureData data;
  private final MethodStyles styles;
  private final MethodBars bars;
  private final TimeLines timeLines;
  private final Set<String> names = new HashSet<>();

  /**
   * @param published the paper's numbers
   * @param results what was measured
   * @param data what is shown beside it
   */
  public PaperFigures(PublishedResults published, Results results, FigureData data) {
    this.measurements = results.measurements();
    this.titles = results.titles();
    this.data = data;
    this.styles = new MethodStyles(data.styles(), measurements);
    this.bars = new MethodBars(published);
    this.timeLines = new TimeLines(styles);
  }

  /** The highest frame mean; empty when there is none. */
  static Optional<Measurement> best(List<Measurement> own) {
    return own.stream()
        .filter(m -> !Double.isNaN(m.frameMean()))
        .max(Comparator.comparingDouble(Measurement::frameMean));
  }

  /** Every figure that the results fill. */
  public List<Figure> all() {
    names.clear();
    List<Figure> bar = new ArrayList<>();
    List<Figure> why = new ArrayList<>();
    List<Figure> windows = new ArrayList<>();
    List<Figure> costs = new ArrayList<>();
    for (Group group : groups()) {
      List<Measurement> own = measurements.stream().filter(group::has).toList();
      bar.add(bars.of(name("bars", group), title(group), whiskers(own), own, styles));
      distance(group, own).ifPresent(why::add);
      new CosinePoints(styles, titles)
          .of(
              plain("cosine", group),
              title(group) + ": gradient cosine against gain",
              own,
              data.cosines().stream()
                  .filter(cosine -> group.equals(new Group(cosine.set(), cosine.model())))
                  .toList())
          .ifPresent(why::add);
      new WindowLines(styles)
          .of(
              name("windows", group),
              title(group) + ": window size",
              whiskers(own),
              own,
              data.windows().stream().filter(result -> group.has(result.measurement())).toList())
          .ifPresent(windows::add);
      costs.add(cost(group, own));
    }
    List<Figure> figures = new ArrayList<>(bar);
    figures.addAll(why);
    figures.addAll(windows);
    figures.addAll(costs);
    for (VideoOverTime video : data.videos()) {
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
    String title = "%s, %s".formatted(titles.data(group.set()), group.set().task().id());
    return several() ? title + ", model " + group.model() : title;
  }

  private boolean several() {
    return measurements.stream().map(Measurement::model).distinct().count() > 1;
  }

  private String name(String kind, Group group) {
    return unique(plain(kind, group));
  }

  private String plain(String kind, Group group) {
    EvaluationSet set = group.set();
    return plain(
        kind, "%s-%s-%s".formatted(set.dataset(), set.split(), set.task().id()), group.model(), "");
  }

  /** A file name of plain letters; video ids may hold any. */
  private String plain(String kind, String set, String model, String video) {
    String name = kind + "-" + set;
    name += several() ? "-" + model : "";
    name += video.isEmpty() ? "" : "-" + video;
    return name.replaceAll("[^\\w.-]", "_");
  }

  private String unique(String plain) {
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
  public static Point point(double x, double value, Difference d) {
    return d.sameVideos().exists()
        ? new Point(
            x,
            value,
            value + d.sameVideos().lower() - d.estimate(),
            value + d.sameVideos().upper() - d.estimate())
        : Point.at(x, value);
  }

  /** Differences to the fixed model. */
  static FigureAxis gain(Task task) {
    return FigureAxis.linear(
        "%s - fixed model (%s)".formatted(task.metric(), task.unit().points()));
  }

  static FigureAxis quality(EvaluationSet set) {
    return FigureAxis.linear(
        "%s, frame mean (%s)".formatted(set.task().metric(), set.task().unit().symbol()));
  }

  /** Of online training, its best setting, the best method and the controls. */
  private Optional<Figure> distance(Group group, List<Measurement> own) {
    Set<String> shown = new LinkedHashSet<>();
    List<Measurement> online = own.stream().filter(m -> m.method().equals(ONLINE)).toList();
    online.stream().limit(1).forEach(m -> shown.add(titled(m)));
    best(online).ifPresent(m -> shown.add(titled(m)));
    best(own.stream().filter(m -> m.difference().isPresent()).toList())
        .ifPresent(m -> shown.add(titled(m)));
    own.stream().filter(Measurement::control).forEach(m -> shown.add(titled(m)));
    List<String> first = shown.stream().limit(MOST_LINES).toList();
    return new DistanceLines(styles)
        .of(
            plain("distance", group),
            title(group) + ": gain against the distance from training",
            group.set().task(),
            data.shifts().stream()
                .filter(shift -> group.equals(new Group(shift.set(), shift.model())))
                .filter(shift -> first.contains(shift.title()))
                .sorted(Comparator.comparingInt(shift -> first.indexOf(shift.title())))
                .toList());
  }

  private static String titled(Measurement m) {
    return Cells.titled(m.title(), m.variant());
  }

  private Figure cost(Group group, List<Measurement> own) {
    List<Series> methods = new ArrayList<>();
    for (Measurement m : own) {
      double seconds = m.seconds().total();
      if (seconds > 0) {
        methods.add(new Series(m.heading(), styles.of(m), Look.POINTS, List.of(point(seconds, m))));
      }
    }
    return new LineFigure(
        name("cost", group),
        title(group) + ": cost against quality",
        "Seconds per frame: adaptation and prediction, logarithmic. " + whiskers(own),
        FigureAxis.logarithmic("seconds per frame (adapt + predict)"),
        List.of(new Panel(quality(group.set()), methods, false)));
  }

  /** Title of the best of all on a set and model. */
  private Optional<String> best(Group group) {
    return best(measurements.stream().filter(group::has).toList()).map(PaperFigures::titled);
  }

  private Optional<Figure> overTime(VideoOverTime video) {
    Group group = new Group(video.set(), video.model());
    List<TimeLine> shown = TimeLines.compared(video.lines(), best(group));
    EvaluationSet set = video.set();
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            timeLines.quality(
                unique(
                    plain(
                        "over-time",
                        "%s-%s-%s".formatted(set.dataset(), set.split(), set.task().id()),
                        video.model(),
                        video.video())),
                "%s: %s over time".formatted(title(group), named(set, video.video())),
                set,
                shown));
  }

  /** The title, or "video" and the id where there is none. */
  private String named(EvaluationSet set, String video) {
    String title = titles.video(set, video);
    return title.equals(video) ? "video " + video : title;
  }

  /** A model's way through a video, which is the same for all tasks that it is evaluated on. */
  private record Adaptation(String dataset, String split, String model, String video) {}

  private List<Figure> losses() {
    Map<Adaptation, Map<String, TimeLine>> lines = new LinkedHashMap<>();
    Map<Adaptation, Group> groups = new LinkedHashMap<>();
    for (VideoOverTime video : data.videos()) {
      Adaptation adaptation =
          new Adaptation(video.set().dataset(), video.set().split(), video.model(), video.video());
      Map<String, TimeLine> own = lines.computeIfAbsent(adaptation, which -> new LinkedHashMap<>());
      groups.putIfAbsent(adaptation, new Group(video.set(), video.model()));
      TimeLines.withLoss(video.lines()).forEach(line -> own.putIfAbsent(line.title(), line));
    }
    List<Figure> figures = new ArrayList<>();
    lines.forEach(
        (adaptation, own) -> {
          Group group = groups.get(adaptation);
          List<TimeLine> shown = TimeLines.chosen(List.copyOf(own.values()), best(group));
          if (!shown.isEmpty()) {
            String set = adaptation.dataset() + "-" + adaptation.split();
            String model = several() ? ", model " + adaptation.model() : "";
            figures.add(
                timeLines.loss(
                    unique(plain("loss", set, adaptation.model(), adaptation.video())),
                    "%s%s: reconstruction loss in %s"
                        .formatted(
                            titles.data(group.set()),
                            model,
                            named(group.set(), adaptation.video())),
                    shown));
          }
        });
    return figures;
  }
}
