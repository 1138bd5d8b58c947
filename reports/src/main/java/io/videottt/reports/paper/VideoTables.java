package io.videottt.reports.paper;

import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.OwnSettings;
import io.videottt.reports.Titles;
import io.videottt.reports.VideoResult;
import io.videottt.reports.paper.BestCells.Competitor;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What every method measured on every video of a set, and its gain there over the fixed model. */
final class VideoTables {

  private static final int NUMBERS = 3;

  private final EvaluationSet set;
  private final MethodColumns methods;
  private final String suffix;
  private final String model;
  private final Titles titles;

  /**
   * @param set what was evaluated
   * @param methods with their videos
   * @param suffix end of the file names
   * @param model end of the captions
   * @param titles of data sets and videos
   */
  VideoTables(
      EvaluationSet set, MethodColumns methods, String suffix, String model, Titles titles) {
    this.set = set;
    this.methods = methods;
    this.suffix = suffix;
    this.model = model;
    this.titles = titles;
  }

  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    if (methods.methods().stream().allMatch(m -> m.perVideo().isEmpty())) {
      return tables;
    }
    tables.add(means());
    if (methods.methods().stream().anyMatch(m -> m.released().perFrame().isPresent())) {
      tables.add(released());
    }
    MethodColumns compared = methods.compared();
    if (!compared.isEmpty()) {
      tables.add(gains(compared));
    }
    return tables;
  }

  private Table means() {
    List<List<String>> rows =
        rows(
            methods,
            video -> Cells.percent(video.frameMean()),
            measurement -> Cells.percent(measurement.frameMean()));
    Set<Table.Place> best = best();
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s, %s, mean over the evaluated frames of a video; all: videos weighted by their frames."
            .formatted(set.task().metric(), set.task().unit().title()));
    notes.addAll(Notes.otherFrames(methods.methods(), titles));
    notes.addAll(Notes.best(!best.isEmpty(), methods.methods()));
    return table("videos", "%s of every video", methods, rows, notes, best);
  }

  private Table released() {
    List<List<String>> rows =
        rows(
            methods,
            video -> Cells.percent(video.released()),
            measurement -> Cells.percent(measurement.released().perFrame()));
    List<String> notes =
        new ArrayList<>(ProtocolNotes.released(List.of(set.task()), methods.methods()));
    notes.addAll(Notes.otherFrames(methods.methods(), titles));
    notes.addAll(Notes.best(false, methods.methods()));
    return table(
        "videos-released", "%s of every video, released protocol", methods, rows, notes, Set.of());
  }

  private Table gains(MethodColumns compared) {
    List<List<String>> rows =
        rows(compared, video -> gain(video.difference()), m -> gain(m.difference()));
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s of %s over the fixed jointly trained model on the same frames, with the 95 %% interval of the difference on these videos (frames drawn in blocks of 10); columns that begin with control are ours, not the paper's."
            .formatted(capital(set.task().unit().difference()), set.task().metric()));
    Set<String> gaps = new LinkedHashSet<>();
    for (Measurement m : compared.methods()) {
      m.difference().flatMap(d -> d.sameVideos().gap()).ifPresent(gaps::add);
      for (VideoResult video : m.perVideo()) {
        video.difference().flatMap(d -> d.sameVideos().gap()).ifPresent(gaps::add);
      }
    }
    gaps.forEach(gap -> notes.add("No interval where there is none: %s.".formatted(gap)));
    notes.addAll(Notes.otherFrames(compared.methods(), titles));
    notes.addAll(OwnSettings.notes(compared.methods()));
    return table(
        "videos-gain",
        "Gain in %s over the fixed model on every video",
        compared,
        rows,
        notes,
        Set.of());
  }

  private static String gain(Optional<Difference> difference) {
    return difference
        .map(
            d ->
                d.sameVideos().exists()
                    ? Cells.signed(d.estimate()) + " " + Cells.interval(d.sameVideos())
                    : Cells.signed(d.estimate()))
        .orElse(Table.DASH);
  }

  private List<List<String>> rows(
      MethodColumns columns,
      Function<VideoResult, String> ofVideo,
      Function<Measurement, String> ofAll) {
    List<List<String>> rows = new ArrayList<>();
    long frames = 0;
    long evaluated = 0;
    for (String id : ids(columns)) {
      List<Optional<VideoResult>> videos =
          columns.methods().stream().map(m -> video(m, id)).toList();
      List<VideoResult> present = videos.stream().flatMap(Optional::stream).toList();
      long ownFrames = present.stream().mapToLong(VideoResult::frames).max().orElse(0);
      long ownEvaluated = present.stream().mapToLong(VideoResult::evaluatedFrames).max().orElse(0);
      List<String> cells =
          new ArrayList<>(
              List.of(titles.video(set, id), Cells.count(ownFrames), Cells.count(ownEvaluated)));
      videos.forEach(video -> cells.add(video.map(ofVideo).orElse(Table.DASH)));
      rows.add(cells);
      frames += ownFrames;
      evaluated += ownEvaluated;
    }
    List<String> all = new ArrayList<>(List.of("all", Cells.count(frames), Cells.count(evaluated)));
    columns.methods().forEach(m -> all.add(ofAll.apply(m)));
    rows.add(all);
    return rows;
  }

  private static Set<String> ids(MethodColumns columns) {
    Set<String> ids = new TreeSet<>();
    columns.methods().forEach(m -> m.perVideo().forEach(video -> ids.add(video.video())));
    return ids;
  }

  /** What stands out among the frame means of a video, and of all videos. */
  private Set<Table.Place> best() {
    Set<Table.Place> best = new HashSet<>();
    int row = 0;
    for (String id : ids(methods)) {
      List<Competitor> competitors = new ArrayList<>();
      for (int column : methods.competing(NUMBERS)) {
        Measurement m = methods.methods().get(column - NUMBERS);
        Table.Place place = new Table.Place(row, column);
        video(m, id).ifPresent(video -> competitors.add(Competitor.of(place, m, video)));
      }
      best.addAll(BestCells.among(competitors));
      row++;
    }
    List<Competitor> all = new ArrayList<>();
    for (int column : methods.competing(NUMBERS)) {
      all.add(Competitor.of(new Table.Place(row, column), methods.methods().get(column - NUMBERS)));
    }
    best.addAll(BestCells.among(all));
    return best;
  }

  private static Optional<VideoResult> video(Measurement measurement, String id) {
    return measurement.perVideo().stream().filter(video -> video.video().equals(id)).findFirst();
  }

  private Table table(
      String name,
      String caption,
      MethodColumns columns,
      List<List<String>> rows,
      List<String> notes,
      Set<Table.Place> best) {
    List<String> header = new ArrayList<>(List.of("Video", "Frames", "Evaluated"));
    header.addAll(columns.headings());
    List<List<String>> identifiers = new ArrayList<>();
    ids(columns).forEach(id -> identifiers.add(List.of(id)));
    // Of all videos together.
    identifiers.add(List.of(Table.DASH));
    return new Table(
            "%s-%s-%s-%s%s".formatted(name, set.dataset(), set.split(), set.task().id(), suffix),
            "%s, %s%s".formatted(caption.formatted(set.task().metric()), titles.data(set), model),
            header,
            1,
            rows,
            List.of(),
            notes,
            best)
        .withIdentifiers(List.of("video id"), identifiers);
  }

  private static String capital(String text) {
    return text.substring(0, 1).equals("p") ? "P" + text.substring(1) : text;
  }
}
