package io.videottt.reports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Builds the paper's tables from measurements.
 *
 * <p>The rows are always the paper's, in the paper's order; what was not run is a dash. For the
 * paper's own data sets the columns are the paper's too, with the published number beside each
 * measured one. Every evaluation set, the paper's or another, also gets the same rows with both
 * protocols, the difference to the fixed model and its interval, and the seconds per frame.
 * Controls stand apart below.
 */
public final class PaperTables {

  private static final List<String> PROTOCOL_HEADER =
      List.of(
          "Difference to fixed",
          "95 % interval",
          "s/frame",
          "load",
          "adapt",
          "predict",
          "evaluate");

  private final PublishedResults published;
  private final List<Measurement> measurements;

  /**
   * @param published the paper's numbers
   * @param measurements what was measured, in any order
   */
  public PaperTables(PublishedResults published, List<Measurement> measurements) {
    this.published = published;
    this.measurements = List.copyOf(measurements);
  }

  /** Every table that the measurements fill, the paper's Table 1 first. */
  public List<Table> all() {
    List<Table> tables = new ArrayList<>();
    for (PublishedTable table : published.tables()) {
      for (String model : models()) {
        paperLayout(table, model).ifPresent(tables::add);
        for (EvaluationSet set : sets(model)) {
          tables.add(detailed(table, set, model));
        }
      }
    }
    return tables;
  }

  /** A table with the paper's columns; empty when nothing was measured on the paper's data. */
  private Optional<Table> paperLayout(PublishedTable table, String model) {
    List<Measurement> own =
        measurements.stream()
            .filter(m -> m.model().equals(model) && PaperColumn.of(m.set()).isPresent())
            .toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    boolean timed = table.rows().stream().anyMatch(row -> row.seconds() != null);
    List<String> header = new ArrayList<>(List.of("Setting", "Method"));
    for (PaperColumn column : PaperColumn.values()) {
      header.add(column.title());
      header.add("published");
    }
    if (timed) {
      header.addAll(List.of("s/frame", "published"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (PublishedRow row : table.rows()) {
      for (String variant : variants(own, row.method())) {
        rows.add(paperRow(row.setting(), titled(row.title(), variant), row, own, variant, timed));
      }
    }
    List<List<String>> controls = new ArrayList<>();
    for (Measurement control : firstOfEachControl(own)) {
      PublishedRow none =
          new PublishedRow("", control.method(), control.title(), null, null, null, null, null);
      controls.add(paperRow("", titled(control), none, own, control.variant(), timed));
    }
    return Optional.of(
        new Table(
            table.id() + suffix(model),
            table.caption() + ", paper's data" + described(model),
            header,
            2,
            rows,
            controls,
            List.of(
                "Frame-mean protocol, percent; published numbers from the paper, its seconds on one"
                    + " A100.")));
  }

  private static List<String> paperRow(
      String setting,
      String title,
      PublishedRow row,
      List<Measurement> own,
      String variant,
      boolean timed) {
    List<String> cells = new ArrayList<>(List.of(setting, title));
    String seconds = Table.DASH;
    for (PaperColumn column : PaperColumn.values()) {
      Optional<Measurement> measured =
          own.stream()
              .filter(m -> m.method().equals(row.method()) && m.variant().equals(variant))
              .filter(m -> PaperColumn.of(m.set()).orElseThrow() == column)
              .findFirst();
      cells.add(measured.map(m -> percent(m.frameMean())).orElse(Table.DASH));
      cells.add(printed(row.value(column)));
      // The paper times its methods on KITTI-STEP's test videos.
      if (column == PaperColumn.TEST) {
        seconds = measured.map(m -> seconds(m.seconds().total())).orElse(Table.DASH);
      }
    }
    if (timed) {
      cells.add(seconds);
      cells.add(
          printed(
              row.seconds() == null ? OptionalDouble.empty() : OptionalDouble.of(row.seconds())));
    }
    return cells;
  }

  /** The paper's rows with everything that was measured on one evaluation set. */
  private Table detailed(PublishedTable table, EvaluationSet set, String model) {
    List<Measurement> own =
        measurements.stream().filter(m -> m.set().equals(set) && m.model().equals(model)).toList();
    Optional<PaperColumn> column = PaperColumn.of(set);
    List<String> header =
        new ArrayList<>(
            List.of("Setting", "Method", set.metric() + " frame mean", set.metric() + " pooled"));
    if (column.isPresent()) {
      header.addAll(List.of("published", "measured - published"));
    }
    header.addAll(PROTOCOL_HEADER);
    List<List<String>> rows = new ArrayList<>();
    for (PublishedRow row : table.rows()) {
      OptionalDouble printed =
          column.isPresent() ? row.value(column.get()) : OptionalDouble.empty();
      List<Measurement> measured =
          own.stream().filter(m -> m.method().equals(row.method())).toList();
      if (measured.isEmpty()) {
        rows.add(emptyRow(row, header.size(), column.isPresent(), printed));
      }
      for (Measurement m : measured) {
        rows.add(
            measuredRow(
                row.setting(), titled(row.title(), m.variant()), m, column.isPresent(), printed));
      }
    }
    List<List<String>> controls =
        own.stream()
            .filter(Measurement::control)
            .map(m -> measuredRow("", titled(m), m, column.isPresent(), OptionalDouble.empty()))
            .toList();
    String data = set.dataset() + " " + set.split();
    return new Table(
        table.id() + "-" + set.dataset() + "-" + set.split() + "-" + set.task() + suffix(model),
        table.caption() + ", " + data + ", " + set.task() + described(model),
        header,
        2,
        rows,
        controls,
        notes(own));
  }

  private static List<String> notes(List<Measurement> own) {
    int videos = own.stream().mapToInt(Measurement::videos).max().orElse(0);
    long frames = own.stream().mapToLong(Measurement::frames).max().orElse(0);
    int seeds = own.stream().mapToInt(Measurement::seeds).max().orElse(0);
    return List.of(
        ("%d videos, %d evaluated frames, %d seed(s). Percent; the difference is that of the frame"
                + " means to the fixed jointly trained model on the same frames, its interval a"
                + " paired moving-block bootstrap over frames within videos; s/frame = adapt +"
                + " predict.")
            .formatted(videos, frames, seeds));
  }

  private static List<String> emptyRow(
      PublishedRow row, int columns, boolean withPublished, OptionalDouble printed) {
    List<String> cells = new ArrayList<>(Collections.nCopies(columns, Table.DASH));
    cells.set(0, row.setting());
    cells.set(1, row.title());
    if (withPublished) {
      cells.set(4, printed(printed));
    }
    return cells;
  }

  private static List<String> measuredRow(
      String setting, String title, Measurement m, boolean withPublished, OptionalDouble printed) {
    List<String> cells =
        new ArrayList<>(List.of(setting, title, percent(m.frameMean()), percent(m.pooled())));
    if (withPublished) {
      cells.add(printed(printed));
      cells.add(printed.isPresent() ? signed(m.frameMean() - printed.getAsDouble()) : Table.DASH);
    }
    cells.add(m.difference().map(d -> signed(d.estimate())).orElse(Table.DASH));
    cells.add(
        m.difference()
            .map(d -> "[%s, %s]".formatted(signed(d.low()), signed(d.high())))
            .orElse(Table.DASH));
    SecondsPerFrame s = m.seconds();
    cells.add(seconds(s.total()));
    cells.add(seconds(s.load()));
    cells.add(seconds(s.adapt()));
    cells.add(seconds(s.predict()));
    cells.add(seconds(s.evaluate()));
    return cells;
  }

  private static List<String> variants(List<Measurement> own, String method) {
    Set<String> variants = new LinkedHashSet<>();
    own.stream().filter(m -> m.method().equals(method)).forEach(m -> variants.add(m.variant()));
    return variants.isEmpty() ? List.of("") : List.copyOf(variants);
  }

  private static List<Measurement> firstOfEachControl(List<Measurement> own) {
    Set<String> seen = new LinkedHashSet<>();
    return own.stream()
        .filter(Measurement::control)
        .filter(m -> seen.add(m.method() + " " + m.variant()))
        .toList();
  }

  private Set<String> models() {
    Set<String> models = new LinkedHashSet<>();
    measurements.forEach(m -> models.add(m.model()));
    return models;
  }

  private Set<EvaluationSet> sets(String model) {
    Set<EvaluationSet> sets = new LinkedHashSet<>();
    measurements.stream().filter(m -> m.model().equals(model)).forEach(m -> sets.add(m.set()));
    return sets;
  }

  private static String titled(Measurement m) {
    return titled(m.title(), m.variant());
  }

  private static String titled(String title, String variant) {
    return variant.isEmpty() ? title : title + " (" + variant + ")";
  }

  private String suffix(String model) {
    return models().size() == 1 ? "" : "-" + model;
  }

  private static String described(String model) {
    return ", model " + model;
  }

  private static String percent(double value) {
    return Double.isNaN(value) ? Table.DASH : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? Table.DASH : String.format(Locale.ROOT, "%+.2f", value);
  }

  private static String printed(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : Table.DASH;
  }

  private static String seconds(double value) {
    return Double.isNaN(value) ? Table.DASH : String.format(Locale.ROOT, "%.3f", value);
  }
}
