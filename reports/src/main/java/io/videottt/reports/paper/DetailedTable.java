package io.videottt.reports.paper;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.Released;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.Titles;
import io.videottt.reports.paper.BestCells.Competitor;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedProtocol;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.published.PublishedRow;
import io.videottt.reports.published.PublishedTable;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.RowGroup;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The paper's rows with everything that was measured with one model on one evaluation set. */
final class DetailedTable {

  /** The first column of numbers is the frame mean, the one that has intervals. */
  private static final int TEXT_COLUMNS = 2;

  private static final String SEED_DEVIATION = "sd seeds";
  private static final String TRAINING_DEVIATION = "sd training";
  private static final List<String> DIFFERENCE_HEADER =
      List.of("Difference to fixed", Notes.SAME_VIDEOS, Notes.NEW_VIDEOS);
  private static final List<String> SECONDS_HEADER =
      List.of(
          "s/frame",
          "median",
          "load",
          "median load",
          "adapt",
          "median adapt",
          "predict",
          "median predict",
          "evaluate",
          "median evaluate");

  private static final String PUBLISHED = "published";

  private final PublishedResults published;
  private final PublishedTable table;
  private final EvaluationSet set;
  private final String suffix;
  private final String model;
  private final Optional<PaperColumn> column;
  private final List<PooledMetric> pooled;
  private final MissingReasons reasons;
  private final Titles titles;

  /**
   * @param published the paper's numbers
   * @param table the paper's rows
   * @param set what was evaluated
   * @param suffix end of the file name
   * @param model end of the caption
   * @param reasons why a method has no number
   * @param titles of data sets
   */
  DetailedTable(
      PublishedResults published,
      PublishedTable table,
      EvaluationSet set,
      String suffix,
      String model,
      MissingReasons reasons,
      Titles titles) {
    this.published = published;
    this.table = table;
    this.set = set;
    this.suffix = suffix;
    this.model = model;
    this.column = PaperColumn.of(set);
    this.pooled = PooledMetric.of(set.task());
    this.reasons = reasons;
    this.titles = titles;
  }

  /** The table of the measurements on the set. */
  Table of(List<Measurement> all) {
    List<Measurement> own = table.shown(all, published);
    boolean seeds = own.stream().anyMatch(m -> m.repetitions().seedDeviation().isPresent());
    boolean trainings = own.stream().anyMatch(m -> m.repetitions().trainingDeviation().isPresent());
    List<String> header = header(seeds, trainings);
    List<List<String>> rows = new ArrayList<>();
    List<Competitor> competitors = new ArrayList<>();
    for (PublishedRow row : table.rows()) {
      OptionalDouble printed =
          column.isPresent() ? row.value(column.get()) : OptionalDouble.empty();
      List<Measurement> measured =
          own.stream().filter(m -> m.method().equals(row.method())).toList();
      if (measured.isEmpty()) {
        rows.add(emptyRow(row, header, printed));
      }
      for (Measurement m : measured) {
        if (m.coverage().isUsual()) {
          competitors.add(Competitor.of(new Table.Place(rows.size(), TEXT_COLUMNS), m));
        }
        rows.add(measuredRow(row.setting(), row.title(), m, printed, header));
      }
    }
    String task = set.task().id();
    Set<Table.Place> best = BestCells.among(competitors);
    return new Table(
        "%s-%s-%s-%s%s".formatted(table.id(), set.dataset(), set.split(), task, suffix),
        "%s, %s, %s%s".formatted(table.caption(), titles.data(set), task, model),
        header,
        TEXT_COLUMNS,
        rows,
        List.of(
            RowGroup.outside(apart(own.stream().filter(published::isOutside), header)),
            RowGroup.controls(apart(own.stream().filter(Measurement::control), header))),
        notes(own, seeds, trainings, !best.isEmpty()),
        best,
        Table.Identifiers.NONE);
  }

  private List<List<String>> apart(Stream<Measurement> measured, List<String> header) {
    return measured
        .map(m -> measuredRow("", m.title(), m, OptionalDouble.empty(), header))
        .toList();
  }

  private List<String> header(boolean seeds, boolean trainings) {
    List<String> header = new ArrayList<>(List.of("Setting", "Method"));
    header.add(set.task().metric() + " frame mean");
    pooled.forEach(metric -> header.add(metric.title() + " pooled"));
    header.addAll(releasedHeader());
    if (column.isPresent()) {
      header.addAll(List.of(PUBLISHED, "released - published"));
    }
    header.addAll(DIFFERENCE_HEADER);
    if (seeds) {
      header.add(SEED_DEVIATION);
    }
    if (trainings) {
      header.add(TRAINING_DEVIATION);
    }
    header.add("Frames");
    header.addAll(SECONDS_HEADER);
    return header;
  }

  /** The release scores fixed models of the tasks of COCO Videos per video, and the others not. */
  private List<String> releasedHeader() {
    String metric = set.task().metric();
    List<String> header = new ArrayList<>();
    if (Released.hasPerFrame(set.task())) {
      header.add(metric + " released");
    }
    if (Released.hasPerVideo(set.task())) {
      header.add(metric + " released per video");
    }
    return header;
  }

  private List<String> notes(
      List<Measurement> own, boolean seeds, boolean trainings, boolean bold) {
    int videos = own.stream().mapToInt(Measurement::videos).max().orElse(0);
    long frames = own.stream().mapToLong(Measurement::frames).max().orElse(0);
    int mostSeeds = own.stream().mapToInt(m -> m.repetitions().seeds()).max().orElse(0);
    int models = own.stream().mapToInt(m -> m.repetitions().trainingSeeds()).max().orElse(0);
    List<String> notes = new ArrayList<>();
    notes.add(
        ("%s, %s, %s%s. %s; the difference is that of the frame means to the fixed jointly"
                + " trained model on the same frames; s/frame = adapt + predict, its mean and its"
                + " median.")
            .formatted(
                Cells.counted(videos, "video"),
                Cells.counted(frames, "evaluated frame"),
                Cells.counted(mostSeeds, "seed"),
                models > 1 ? " of each of %d trained models".formatted(models) : "",
                units()));
    notes.addAll(Notes.otherFrames(own, titles));
    notes.addAll(Notes.intervals(own));
    if (Released.hasPerFrame(set.task())) {
      notes.addAll(ProtocolNotes.released(List.of(set.task()), own));
    }
    column.ifPresent(
        known -> notes.addAll(new ProtocolNotes(published).published(table, List.of(known), own)));
    if (seeds) {
      notes.add(
          SEED_DEVIATION
              + ": standard deviation of the frame mean over the adaptation's seeds, the trained"
              + " model being the same.");
    }
    if (trainings) {
      notes.add(
          TRAINING_DEVIATION
              + ": standard deviation of the frame mean over models that were trained with"
              + " different seeds, each one's seeds averaged; every difference is to the same"
              + " model, fixed.");
    }
    notes.addAll(Notes.best(bold, own));
    notes.addAll(Notes.missing(table, List.of(set.task()), reasons));
    return notes;
  }

  private String units() {
    String unit = set.task().unit().title();
    return set.task().seesGray()
        ? "PSNR in " + unit + "; " + ColourTable.METRICS
        : unit.substring(0, 1).toUpperCase(Locale.ROOT) + unit.substring(1);
  }

  private static List<String> emptyRow(
      PublishedRow row, List<String> header, OptionalDouble printed) {
    List<String> cells = new ArrayList<>(Collections.nCopies(header.size(), Table.DASH));
    cells.set(0, row.setting());
    cells.set(1, row.title());
    if (header.contains(PUBLISHED)) {
      cells.set(header.indexOf(PUBLISHED), Cells.printed(printed));
    }
    return cells;
  }

  private List<String> measuredRow(
      String setting, String title, Measurement m, OptionalDouble printed, List<String> header) {
    List<String> cells = new ArrayList<>();
    cells.add(setting);
    cells.add(m.heading(title));
    cells.add(Cells.percent(m.frameMean()));
    for (PooledMetric metric : pooled) {
      cells.add(metric.cell(m));
    }
    if (Released.hasPerFrame(set.task())) {
      cells.add(Cells.percent(m.released().perFrame()));
    }
    if (Released.hasPerVideo(set.task())) {
      cells.add(Cells.percent(m.released().perVideo()));
    }
    if (column.isPresent()) {
      cells.add(Cells.printed(printed));
      cells.add(
          printed.isPresent()
              ? Cells.signed(inOwnProtocol(m) - printed.getAsDouble())
              : Table.DASH);
    }
    cells.add(m.difference().map(d -> Cells.signed(d.estimate())).orElse(Table.DASH));
    cells.add(m.difference().map(d -> Cells.interval(d.sameVideos())).orElse(Table.DASH));
    cells.add(m.difference().map(d -> Cells.interval(d.newVideos())).orElse(Table.DASH));
    if (header.contains(SEED_DEVIATION)) {
      cells.add(Cells.percent(m.repetitions().seedDeviation().orElse(Double.NaN)));
    }
    if (header.contains(TRAINING_DEVIATION)) {
      cells.add(Cells.percent(m.repetitions().trainingDeviation().orElse(Double.NaN)));
    }
    cells.add(m.coverage().cell());
    SecondsPerFrame mean = m.seconds();
    SecondsPerFrame.Medians median = mean.medians();
    cells.add(Cells.seconds(mean.total()));
    cells.add(Cells.seconds(median.total()));
    cells.add(Cells.seconds(mean.load()));
    cells.add(Cells.seconds(median.load()));
    cells.add(Cells.seconds(mean.adapt()));
    cells.add(Cells.seconds(median.adapt()));
    cells.add(Cells.seconds(mean.predict()));
    cells.add(Cells.seconds(median.predict()));
    cells.add(Cells.seconds(mean.evaluate()));
    cells.add(Cells.seconds(median.evaluate()));
    return cells;
  }

  /** What a published number of the same method is to be compared with. */
  private double inOwnProtocol(Measurement m) {
    boolean perVideo =
        published.scoring(column.orElseThrow(), m.method()) == PublishedProtocol.Scoring.PER_VIDEO;
    Released own = m.released();
    return (perVideo ? own.perVideo() : own.perFrame()).orElse(Double.NaN);
  }
}
