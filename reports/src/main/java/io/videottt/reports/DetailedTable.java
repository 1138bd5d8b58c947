package io.videottt.reports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The paper's rows with everything that was measured with one model on one evaluation set. */
final class DetailedTable {

  private static final List<String> PROTOCOL_HEADER =
      List.of(
          "Difference to fixed",
          "95 % interval",
          "s/frame",
          "load",
          "adapt",
          "predict",
          "evaluate");

  private final PublishedTable table;
  private final EvaluationSet set;
  private final String suffix;
  private final String model;
  private final Optional<PaperColumn> column;
  private final List<PooledMetric> pooled;

  /**
   * @param table the paper's rows
   * @param set what was evaluated
   * @param suffix end of the file name
   * @param model end of the caption
   */
  DetailedTable(PublishedTable table, EvaluationSet set, String suffix, String model) {
    this.table = table;
    this.set = set;
    this.suffix = suffix;
    this.model = model;
    this.column = PaperColumn.of(set);
    this.pooled = PooledMetric.of(set.task());
  }

  /** The table of the measurements on the set. */
  Table of(List<Measurement> own) {
    List<String> header = header();
    List<List<String>> rows = new ArrayList<>();
    for (PublishedRow row : table.rows()) {
      OptionalDouble printed =
          column.isPresent() ? row.value(column.get()) : OptionalDouble.empty();
      List<Measurement> measured =
          own.stream().filter(m -> m.method().equals(row.method())).toList();
      if (measured.isEmpty()) {
        rows.add(emptyRow(row, header, printed));
      }
      for (Measurement m : measured) {
        rows.add(measuredRow(row.setting(), Cells.titled(row.title(), m.variant()), m, printed));
      }
    }
    List<List<String>> controls =
        own.stream()
            .filter(Measurement::control)
            .map(
                m ->
                    measuredRow(
                        "", Cells.titled(m.title(), m.variant()), m, OptionalDouble.empty()))
            .toList();
    String task = set.task().id();
    return new Table(
        "%s-%s-%s-%s%s".formatted(table.id(), set.dataset(), set.split(), task, suffix),
        "%s, %s %s, %s%s".formatted(table.caption(), set.dataset(), set.split(), task, model),
        header,
        2,
        rows,
        controls,
        notes(own));
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("Setting", "Method"));
    header.add(set.task().metric() + " frame mean");
    pooled.forEach(metric -> header.add(metric.title() + " pooled"));
    if (column.isPresent()) {
      header.addAll(List.of("published", "measured - published"));
    }
    header.addAll(PROTOCOL_HEADER);
    return header;
  }

  private static List<String> notes(List<Measurement> own) {
    int videos = own.stream().mapToInt(Measurement::videos).max().orElse(0);
    long frames = own.stream().mapToLong(Measurement::frames).max().orElse(0);
    int seeds = own.stream().mapToInt(m -> m.repetitions().seeds()).max().orElse(0);
    return List.of(
        ("%d videos, %d evaluated frames, %d seed(s). Percent; the difference is that of the frame"
                + " means to the fixed jointly trained model on the same frames, its interval a"
                + " paired moving-block bootstrap over frames within videos; s/frame = adapt +"
                + " predict.")
            .formatted(videos, frames, seeds));
  }

  private static List<String> emptyRow(
      PublishedRow row, List<String> header, OptionalDouble printed) {
    List<String> cells = new ArrayList<>(Collections.nCopies(header.size(), Table.DASH));
    cells.set(0, row.setting());
    cells.set(1, row.title());
    if (header.contains("published")) {
      cells.set(header.indexOf("published"), Cells.printed(printed));
    }
    return cells;
  }

  private List<String> measuredRow(
      String setting, String title, Measurement m, OptionalDouble printed) {
    List<String> cells = new ArrayList<>(List.of(setting, title, Cells.percent(m.frameMean())));
    for (PooledMetric metric : pooled) {
      cells.add(Cells.percent(m.pooled().getOrDefault(metric, Double.NaN)));
    }
    if (column.isPresent()) {
      cells.add(Cells.printed(printed));
      cells.add(
          printed.isPresent() ? Cells.signed(m.frameMean() - printed.getAsDouble()) : Table.DASH);
    }
    cells.add(m.difference().map(d -> Cells.signed(d.estimate())).orElse(Table.DASH));
    cells.add(
        m.difference()
            .map(d -> "[%s, %s]".formatted(Cells.signed(d.low()), Cells.signed(d.high())))
            .orElse(Table.DASH));
    SecondsPerFrame s = m.seconds();
    cells.add(Cells.seconds(s.total()));
    cells.add(Cells.seconds(s.load()));
    cells.add(Cells.seconds(s.adapt()));
    cells.add(Cells.seconds(s.predict()));
    cells.add(Cells.seconds(s.evaluate()));
    return cells;
  }
}
