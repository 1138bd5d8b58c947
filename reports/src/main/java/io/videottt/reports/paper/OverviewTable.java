package io.videottt.reports.paper;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.Released;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.Titles;
import io.videottt.reports.paper.BestCells.Competitor;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.published.PublishedRow;
import io.videottt.reports.published.PublishedTable;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.RowGroup;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table of the paper's form: the quality on every evaluation set, and the seconds per frame of
 * one of them. Beside the paper's numbers stands the protocol that they were made with, the
 * released one; without them the frame mean and the released.
 */
final class OverviewTable {

  /**
   * The quality on one evaluation set, in two or three columns.
   *
   * @param title heading
   * @param set what it was measured on
   * @param paper the paper's column whose numbers stand beside it
   */
  record Quality(String title, EvaluationSet set, Optional<PaperColumn> paper) {

    static Quality published(PaperColumn column) {
      return new Quality(column.title(), column.set(), Optional.of(column));
    }

    static Quality unpublished(EvaluationSet set) {
      String task = set.task().id();
      String title = task.substring(0, 1).toUpperCase(Locale.ROOT) + task.substring(1);
      return new Quality("%s (%s)".formatted(title, set.task().metric()), set, Optional.empty());
    }

    /** Fixed models of semantic segmentation are not scored per video by the release. */
    boolean hasPerVideo() {
      return paper.isPresent() && Released.hasPerVideo(set.task());
    }

    List<String> header() {
      if (paper.isEmpty()) {
        return Released.hasPerFrame(set.task()) ? List.of(title, RELEASED) : List.of(title);
      }
      return hasPerVideo()
          ? List.of(title + " " + RELEASED, RELEASED + " per video", PUBLISHED)
          : List.of(title + " " + RELEASED, PUBLISHED);
    }

    List<String> cells(Optional<Measurement> measured, PublishedRow row) {
      List<String> cells = new ArrayList<>();
      if (paper.isEmpty()) {
        cells.add(measured.map(m -> Cells.percent(m.frameMean())).orElse(Table.DASH));
      }
      if (Released.hasPerFrame(set.task())) {
        cells.add(measured.map(m -> Cells.percent(m.released().perFrame())).orElse(Table.DASH));
      }
      if (hasPerVideo()) {
        cells.add(measured.map(m -> Cells.percent(m.released().perVideo())).orElse(Table.DASH));
      }
      paper.ifPresent(column -> cells.add(Cells.printed(row.value(column))));
      return cells;
    }
  }

  private static final int TEXT_COLUMNS = 2;
  private static final String RELEASED = "released";
  private static final String PUBLISHED = "published";

  private final PublishedResults paper;
  private final PublishedTable table;
  private final String name;
  private final String caption;
  private final List<Quality> qualities;
  private final EvaluationSet timedSet;
  private final String note;
  private final MissingReasons reasons;
  private final Titles titles;
  private final boolean published;
  private final boolean timed;

  /**
   * @param paper the paper's numbers
   * @param table the paper's rows
   * @param name file name stem
   * @param caption heading
   * @param qualities either all or none with the paper's numbers
   * @param timedSet whose seconds are shown
   * @param note what a reader must know
   * @param reasons why a method has no number
   * @param titles of data sets
   */
  OverviewTable(
      PublishedResults paper,
      PublishedTable table,
      String name,
      String caption,
      List<Quality> qualities,
      EvaluationSet timedSet,
      String note,
      MissingReasons reasons,
      Titles titles) {
    this.paper = paper;
    this.table = table;
    this.name = name;
    this.caption = caption;
    this.qualities = qualities;
    this.timedSet = timedSet;
    this.note = note;
    this.reasons = reasons;
    this.titles = titles;
    this.published = qualities.get(0).paper().isPresent();
    this.timed = !published || table.rows().stream().anyMatch(row -> row.seconds() != null);
  }

  /** The table of one model's measurements; those on other sets are left out. */
  Table of(List<Measurement> measurements) {
    List<Measurement> own =
        table.shown(measurements, paper).stream()
            .filter(m -> qualities.stream().anyMatch(quality -> quality.set().equals(m.set())))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    List<Map<Integer, Competitor>> competitors = new ArrayList<>();
    for (PublishedRow row : table.rows()) {
      for (String variant : variants(own, row.method())) {
        boolean other = hasOtherFrames(own, row.method(), variant);
        competitors.add(other ? Map.of() : competitors(own, row.method(), variant, rows.size()));
        String title = marked(Cells.titled(row.title(), variant), other);
        rows.add(row(row.setting(), title, row, own, variant));
      }
    }
    Set<Table.Place> best = best(competitors);
    List<String> notes = new ArrayList<>(List.of(note));
    List<Task> tasks = qualities.stream().map(quality -> quality.set().task()).distinct().toList();
    notes.addAll(Notes.otherFramesOfSets(own, titles));
    notes.addAll(ProtocolNotes.released(tasks, own));
    if (published) {
      notes.addAll(
          new ProtocolNotes(paper)
              .published(table, qualities.stream().flatMap(q -> q.paper().stream()).toList(), own));
    }
    notes.addAll(Notes.best(!best.isEmpty(), own));
    notes.addAll(Notes.missing(table, tasks, reasons));
    return new Table(
        name,
        caption,
        header(),
        TEXT_COLUMNS,
        rows,
        List.of(
            RowGroup.outside(apart(own, paper::isOutside)),
            RowGroup.controls(apart(own, Measurement::control))),
        notes,
        best,
        Table.Identifiers.NONE);
  }

  /** A row for each method and variant that the paper has no row for. */
  private List<List<String>> apart(List<Measurement> own, Predicate<Measurement> which) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement first : firstOfEach(own, which)) {
      PublishedRow none =
          new PublishedRow("", first.method(), first.title(), null, null, null, null, null);
      String title =
          marked(
              Cells.titled(first.title(), first.variant()),
              hasOtherFrames(own, first.method(), first.variant()));
      rows.add(row("", title, none, own, first.variant()));
    }
    return rows;
  }

  /** The frame means of a row by column; other protocols have no intervals to be told by. */
  private Map<Integer, Competitor> competitors(
      List<Measurement> own, String method, String variant, int row) {
    Map<Integer, Competitor> competitors = new HashMap<>();
    int column = TEXT_COLUMNS;
    for (Quality quality : qualities) {
      int place = column;
      if (quality.paper().isEmpty()) {
        measured(own, quality.set(), method, variant)
            .ifPresent(m -> competitors.put(place, Competitor.of(new Table.Place(row, place), m)));
      }
      column += quality.header().size();
    }
    return competitors;
  }

  private static Set<Table.Place> best(List<Map<Integer, Competitor>> rows) {
    Map<Integer, List<Competitor>> columns = new HashMap<>();
    for (Map<Integer, Competitor> row : rows) {
      row.forEach(
          (column, competitor) ->
              columns.computeIfAbsent(column, key -> new ArrayList<>()).add(competitor));
    }
    Set<Table.Place> best = new HashSet<>();
    columns.values().forEach(column -> best.addAll(BestCells.among(column)));
    return best;
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("Setting", "Method"));
    qualities.forEach(quality -> header.addAll(quality.header()));
    if (timed) {
      header.add("s/frame");
      header.add("median");
      if (published) {
        header.add(PUBLISHED);
      }
    }
    return header;
  }

  private List<String> row(
      String setting, String title, PublishedRow row, List<Measurement> own, String variant) {
    List<String> cells = new ArrayList<>(List.of(setting, title));
    for (Quality quality : qualities) {
      cells.addAll(quality.cells(measured(own, quality.set(), row.method(), variant), row));
    }
    if (timed) {
      Optional<SecondsPerFrame> seconds =
          measured(own, timedSet, row.method(), variant).map(Measurement::seconds);
      cells.add(seconds.map(s -> Cells.seconds(s.total())).orElse(Table.DASH));
      cells.add(seconds.map(s -> Cells.seconds(s.medians().total())).orElse(Table.DASH));
      if (published) {
        cells.add(
            Cells.printed(
                row.seconds() == null ? OptionalDouble.empty() : OptionalDouble.of(row.seconds())));
      }
    }
    return cells;
  }

  private static Optional<Measurement> measured(
      List<Measurement> own, EvaluationSet set, String method, String variant) {
    return own.stream()
        .filter(m -> m.set().equals(set))
        .filter(m -> m.method().equals(method) && m.variant().equals(variant))
        .findFirst();
  }

  /** Whether a row has a number over other frames than the others of its column. */
  private static boolean hasOtherFrames(List<Measurement> own, String method, String variant) {
    return own.stream()
        .filter(m -> m.method().equals(method) && m.variant().equals(variant))
        .anyMatch(m -> !m.coverage().isUsual());
  }

  private static String marked(String title, boolean otherFrames) {
    return otherFrames ? title + " " + FrameCoverage.OTHER_FRAMES : title;
  }

  private static List<String> variants(List<Measurement> own, String method) {
    Set<String> variants = new LinkedHashSet<>();
    own.stream().filter(m -> m.method().equals(method)).forEach(m -> variants.add(m.variant()));
    return variants.isEmpty() ? List.of("") : List.copyOf(variants);
  }

  private static List<Measurement> firstOfEach(
      List<Measurement> own, Predicate<Measurement> which) {
    Set<String> seen = new LinkedHashSet<>();
    return own.stream()
        .filter(which)
        .filter(m -> seen.add(m.method() + " " + m.variant()))
        .toList();
  }
}
