package io.videottt.jobs.report;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.drawing.VideoPreviews;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.PicturedUnit;
import io.videottt.jobs.query.PreviewQueries;
import io.videottt.jobs.report.ClipChoice.Choice;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.reports.TimeLine;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.player.Clip;
import io.videottt.reports.player.Film;
import io.videottt.reports.player.Player;
import io.videottt.reports.player.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings together the pictures that are kept of videos, as many as a page may hold. */
final class PreviewJob {

  static final String NOTE_WITHOUT =
      "No pictures: they are kept by sweeps of the fixed jointly trained model together with"
          + " another method, and these results have none of both.";

  private static final double MEGABYTE = 1e6;
  private static final String JPEG = "image/jpeg";
  private static final String PNG = "image/png";

  /** A frame's row. */
  private record Place(String unitId, int frame) {}

  /** A unit's frames and its metric over them. */
  private record Line(int length, List<Moment> moments) {}

  private final Dataset<Row> frames;
  private final long budget;

  /**
   * @param frames rows of {@link FrameQueries#frames}
   * @param budget bytes that pictures may take in the page, 0 for none
   */
  PreviewJob(Dataset<Row> frames, long budget) {
    this.frames = frames;
    this.budget = budget;
  }

  /** The videos to show, or none and why. */
  Player player() {
    ClipChoice choice = new ClipChoice();
    JobNames.rows("report: which frames have pictures", PreviewQueries.units(frames)).stream()
        .map(PicturedUnit::of)
        .forEach(choice::add);
    List<Choice> all = choice.clips();
    if (all.isEmpty()) {
      return new Player(NOTE_WITHOUT, List.of());
    }
    PictureBudget.Fitted fitted = new PictureBudget(budget).fit(all);
    String note = note(choice, all.size(), fitted);
    return fitted.clips().isEmpty()
        ? new Player(note, List.of())
        : new Player(note, clips(fitted.clips()), DrawnMethods.styles());
  }

  private String note(ClipChoice choice, int all, PictureBudget.Fitted fitted) {
    List<String> sentences = new ArrayList<>();
    int shown = fitted.clips().size();
    String size =
        String.format(
            Locale.ROOT,
            "all pictures would take up to %.1f MB, and %s MB is what they may take"
                + " (--page-budget)",
            fitted.wholeBytes() / MEGABYTE,
            megabytes(budget));
    if (shown == 0) {
      sentences.add("No pictures: %s.".formatted(size));
      return String.join(" ", sentences);
    }
    sentences.add(
        "A video frame by frame: the input, the ground truth, the fixed jointly trained model and"
            + " any other method, with the metric of both over the whole video below. Sweeps keep"
            + " pictures of at most %d frames per video, evenly spaced."
                .formatted(VideoPreviews.MOST_FRAMES));
    List<String> left = new ArrayList<>();
    if (fitted.step() > 1) {
      left.add(
          "of the pictures 1 in %d is shown, but at least a dozen of every video"
              .formatted(fitted.step()));
    }
    if (shown < all) {
      left.add("%d of %d videos are shown, counted for each task and model".formatted(shown, all));
    }
    if (!left.isEmpty()) {
      String what = String.join(", and ", left);
      sentences.add(Character.toUpperCase(what.charAt(0)) + what.substring(1) + ": " + size + ".");
    }
    if (choice.hasOthers()) {
      sentences.add("Of several settings or seeds of a method the first is shown.");
    }
    if (choice.withoutComparison() > 0) {
      sentences.add(
          "%d more have pictures of one method only, or none of the fixed model, and are not shown."
              .formatted(choice.withoutComparison()));
    }
    return String.join(" ", sentences);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE).replace(".0", "");
  }

  private List<Clip> clips(Map<Choice, List<Integer>> shown) {
    Map<Set<String>, List<Integer>> places = new LinkedHashMap<>();
    shown.forEach((choice, own) -> places.put(unitIds(choice), own));
    Map<Place, Row> rows = new HashMap<>();
    for (Row row : JobNames.rows("report: pictures", PreviewQueries.pictures(frames, places))) {
      rows.put(
          new Place(row.getAs(MetricsSchema.UNIT_ID), row.getAs(MetricsSchema.FRAME_INDEX)), row);
    }
    Map<String, Line> lines = lines(places.keySet());
    List<Clip> clips = new ArrayList<>();
    shown.forEach((choice, own) -> clips.add(clip(choice, own, rows, lines)));
    return clips;
  }

  private static Set<String> unitIds(Choice choice) {
    return choice.units().stream().map(PicturedUnit::unitId).collect(Collectors.toSet());
  }

  private Map<String, Line> lines(Set<Set<String>> units) {
    Set<String> all = units.stream().flatMap(Set::stream).collect(Collectors.toSet());
    Map<String, Line> lines = new HashMap<>();
    for (Row row :
        JobNames.rows("report: values below the pictures", PreviewQueries.lines(frames, all))) {
      Double quality = row.getAs(FrameQueries.QUALITY);
      lines
          .computeIfAbsent(
              row.getAs(MetricsSchema.UNIT_ID),
              unit -> new Line(row.getAs(PreviewQueries.LENGTH), new ArrayList<>()))
          .moments()
          .add(
              new Moment(
                  row.getAs(PreviewQueries.FRAME),
                  quality == null ? Double.NaN : quality,
                  Double.NaN));
    }
    return lines;
  }

  private Clip clip(
      Choice choice, List<Integer> shown, Map<Place, Row> rows, Map<String, Line> lines) {
    List<Optional<Row>> fixed = rows(choice.fixed(), shown, rows);
    return new Clip(
        choice.set(),
        choice.model(),
        choice.video(),
        lines.get(choice.fixed().unitId()).length(),
        fixed.stream().flatMap(Optional::stream).map(PreviewJob::frame).toList(),
        film(JPEG, fixed, MetricsSchema.PREVIEW_INPUT),
        film(mediaType(choice.set().task()), fixed, MetricsSchema.PREVIEW_TRUTH),
        choice.units().stream()
            .map(unit -> track(unit, rows(unit, shown, rows), lines.get(unit.unitId())))
            .toList());
  }

  private static List<Optional<Row>> rows(
      PicturedUnit unit, List<Integer> shown, Map<Place, Row> rows) {
    return shown.stream()
        .map(frame -> Optional.ofNullable(rows.get(new Place(unit.unitId(), frame))))
        .toList();
  }

  private static Clip.Frame frame(Row row) {
    return new Clip.Frame(
        row.getAs(MetricsSchema.FRAME_INDEX),
        row.getAs(MetricsSchema.FRAME_NAME),
        row.getAs(MetricsSchema.ANNOTATED));
  }

  /** Of what is predicted: classes and segments have few colours, colours have all. */
  private static String mediaType(Task task) {
    return task.seesGray() ? JPEG : PNG;
  }

  private static Film film(String mediaType, List<Optional<Row>> rows, String column) {
    return new Film(
        mediaType, rows.stream().map(row -> row.map(r -> r.<byte[]>getAs(column))).toList());
  }

  private static Track track(PicturedUnit unit, List<Optional<Row>> rows, Line line) {
    String title = Methods.title(unit.key().method());
    String variant = unit.key().variant();
    List<OptionalDouble> values =
        rows.stream()
            .map(row -> row.map(r -> r.<Double>getAs(FrameQueries.QUALITY)))
            .map(value -> value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty))
            .toList();
    return new Track(
        new TimeLine(
            unit.key().method(),
            variant.isEmpty() ? title : "%s (%s)".formatted(title, variant),
            line.moments()),
        film(mediaType(unit.key().task()), rows, MetricsSchema.PREVIEW),
        values);
  }
}
