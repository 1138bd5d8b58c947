package io.videottt.jobs.report;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Printable;
import io.videottt.jobs.query.FigureQueries;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.ResultKey;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameShift;
import io.videottt.reports.Measurement;
import io.videottt.reports.Results;
import io.videottt.reports.TimeLine;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.Titles;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.VideoOverTime;
import io.videottt.reports.VideoResult;
import io.videottt.reports.WindowResult;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.plots.FigureData;
import io.videottt.reports.plots.PaperFigures;
import io.videottt.reports.published.PublishedResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Turns a results folder into the report's figures. */
public final class FigureJob {

  /** Videos of a split that get figures of their own where nobody says otherwise. */
  public static final int MOST_VIDEOS = 12;

  /** Videos without figures that are named; of more their number. */
  private static final int MOST_NAMED = 20;

  /** Sums of floating-point numbers depend on their order; what is drawn does not. */
  private static final double RESOLUTION = 1e6;

  private final Dataset<Row> frames;
  private final List<RunFacts> facts;
  private final int mostVideos;

  /**
   * @param frames rows of {@link FrameQueries#frames}
   * @param facts about the results
   * @param mostVideos of a split that get figures of their own, the first by their ids
   */
  FigureJob(Dataset<Row> frames, List<RunFacts> facts, int mostVideos) {
    this.frames = frames;
    this.facts = facts;
    this.mostVideos = mostVideos;
  }

  /**
   * The figures of results.
   *
   * @param shifts frames with their distance from training
   * @param cosines of gradients on videos
   */
  List<Figure> figures(Results results, List<FrameShift> shifts, List<VideoCosine> cosines) {
    List<Measurement> measurements = results.measurements();
    return new PaperFigures(
            PublishedResults.load(),
            results,
            new FigureData(
                windows(measurements),
                overTime(measurements),
                shifts,
                cosines,
                DrawnMethods.styles()))
        .all();
  }

  /**
   * Which videos get no figures of their own, and how to have them; a sentence for each split,
   * empty where all have some.
   */
  List<String> leftOut(Results results) {
    Map<List<String>, Set<String>> videos = new LinkedHashMap<>();
    results
        .measurements()
        .forEach(
            m ->
                m.perVideo()
                    .forEach(
                        video ->
                            videos
                                .computeIfAbsent(
                                    List.of(m.set().dataset(), m.set().split()),
                                    split -> new TreeSet<>())
                                .add(video.video())));
    List<String> sentences = new ArrayList<>();
    videos.forEach(
        (split, all) -> {
          if (all.size() > mostVideos) {
            sentences.add(leftOut(results.titles(), split.get(0), split.get(1), all));
          }
        });
    return sentences;
  }

  private String leftOut(Titles titles, String dataset, String split, Set<String> all) {
    List<String> left = all.stream().skip(mostVideos).toList();
    String named =
        left.stream()
            .limit(MOST_NAMED)
            .map(video -> Printable.line(titles.video(dataset, split, video)))
            .collect(Collectors.joining(", "));
    return ("%s: metric and loss over time are drawn of the first %d of %d videos, not of %s%s;"
            + " ./ttt report --results DIR --output DIR --figure-videos %d draws them, too.")
        .formatted(
            titles.data(dataset, split),
            mostVideos,
            all.size(),
            named,
            left.size() > MOST_NAMED
                ? " and %d more behind these".formatted(left.size() - MOST_NAMED)
                : "",
            all.size());
  }

  private List<WindowResult> windows(List<Measurement> measurements) {
    List<WindowResult> results = new ArrayList<>();
    for (Measurement m : measurements) {
      facts.stream()
          .filter(fact -> fact.window().isPresent() && fact.isOf(m))
          .findFirst()
          .ifPresent(
              fact ->
                  results.add(
                      new WindowResult(
                          m, fact.window().getAsInt(), fact.settingsWithout("window"))));
    }
    return results;
  }

  /** How methods went through the first videos of every evaluation set. */
  List<VideoOverTime> overTime(List<Measurement> measurements) {
    Map<EvaluationSet, Set<String>> shown = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      Set<String> videos = shown.computeIfAbsent(m.set(), set -> new TreeSet<>());
      m.perVideo().stream().map(VideoResult::video).forEach(videos::add);
    }
    shown.replaceAll(
        (set, videos) ->
            videos.stream().limit(mostVideos).collect(Collectors.toCollection(TreeSet::new)));
    Set<String> all = shown.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Map<VideoOverTime, Map<ResultKey, List<Moment>>> found = new LinkedHashMap<>();
    for (Row row : JobNames.rows("report: values over time", FigureQueries.overTime(frames, all))) {
      ResultKey key = ResultKey.of(row);
      EvaluationSet set = new EvaluationSet(key.dataset(), key.split(), key.task());
      String video = row.getAs(MetricsSchema.VIDEO);
      if (shown.getOrDefault(set, Set.of()).contains(video)) {
        found
            .computeIfAbsent(
                new VideoOverTime(set, key.model(), video, List.of()),
                which -> new LinkedHashMap<>())
            .computeIfAbsent(key, method -> new ArrayList<>())
            .add(
                moment(
                    row,
                    Methods.find(key.method())
                        .map(method -> method.needs().reconstruction())
                        .orElse(false)));
      }
    }
    List<VideoOverTime> videos = new ArrayList<>();
    found.forEach(
        (which, lines) ->
            videos.add(new VideoOverTime(which.set(), which.model(), which.video(), lines(lines))));
    return videos;
  }

  private static List<TimeLine> lines(Map<ResultKey, List<Moment>> moments) {
    List<TimeLine> lines = new ArrayList<>();
    moments.forEach(
        (key, line) -> {
          String title = Methods.title(key.method());
          String titled = key.variant().isEmpty() ? title : title + " (" + key.variant() + ")";
          lines.add(new TimeLine(key.method(), titled, line));
        });
    return lines;
  }

  /**
   * @param reconstructs whether what the method lowers is the reconstruction loss
   */
  private static Moment moment(Row row, boolean reconstructs) {
    return new Moment(
        row.getAs(FigureQueries.FRAME),
        number(row, FrameQueries.QUALITY),
        reconstructs ? number(row, FigureQueries.LOSS) : Double.NaN);
  }

  private static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : Math.rint(value * RESOLUTION) / RESOLUTION;
  }
}
