package io.videottt.reports.paper;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.PerceptualMetric;
import io.videottt.reports.PerceptualResult;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedColours;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.RowGroup;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paper's Table 3 with one model's measurements on one evaluation set: the paper's rows in its
 * order, then what else was measured, controls apart. The published numbers are of COCO Videos and
 * stand in columns that say so, whatever the measured ones are of.
 */
final class ColourTable {

  /** What the columns of measured numbers are, a clause for notes. */
  static final String METRICS =
      "SSIM at most 1 (Gaussian window of 11 pixels); colourfulness of the predictions and of the"
          + " true colours (Hasler and Suesstrunk), means over frames; flicker: mean absolute"
          + " change of chroma between consecutive frames beyond that of the true colours, of 255"
          + " (0 is as steady as the truth)";

  private static final String PLUS_MINUS = " \u00b1 ";

  private static final List<String> MEASURED_HEADER =
      List.of(
          "PSNR",
          "PSNR pooled",
          "SSIM",
          "FID",
          "IS",
          "LPIPS",
          "Colourfulness",
          "Flicker",
          "Difference to fixed");
  private static final List<String> PUBLISHED_HEADER =
      List.of(
          "FID (down) published",
          "IS (up) published",
          "LPIPS (down) published",
          "PSNR (up) published",
          "SSIM (up) published");

  private final List<PublishedColours> paper;
  private final EvaluationSet set;
  private final String name;
  private final String caption;

  /**
   * @param paper the rows of the paper
   * @param set what was evaluated
   * @param name file name stem
   * @param caption heading
   */
  ColourTable(List<PublishedColours> paper, EvaluationSet set, String name, String caption) {
    this.paper = List.copyOf(paper);
    this.set = set;
    this.name = name;
    this.caption = caption;
  }

  /** The table. */
  Table of(List<Measurement> measured, TableInput input) {
    List<List<String>> rows = new ArrayList<>();
    List<BestCells.Competitor> competitors = new ArrayList<>();
    Set<Measurement> shown = new HashSet<>();
    for (PublishedColours row : paper) {
      List<Measurement> own =
          measured.stream().filter(m -> m.method().equals(row.method())).toList();
      if (own.isEmpty()) {
        rows.add(row(row.title(), Optional.empty(), Optional.of(row)));
      }
      for (Measurement m : own) {
        compete(competitors, rows.size(), m);
        rows.add(row(m.heading(row.title()), Optional.of(m), Optional.of(row)));
        shown.add(m);
      }
    }
    List<Measurement> others =
        measured.stream().filter(m -> !m.control() && !shown.contains(m)).toList();
    for (Measurement m : others) {
      compete(competitors, rows.size(), m);
      rows.add(row(m.heading(), Optional.of(m), Optional.empty()));
    }
    Set<Table.Place> best = BestCells.among(competitors);
    List<String> header = new ArrayList<>(List.of("Method"));
    header.addAll(MEASURED_HEADER);
    header.addAll(PUBLISHED_HEADER);
    return new Table(
        name,
        caption,
        header,
        1,
        rows,
        List.of(
            RowGroup.controls(
                measured.stream()
                    .filter(Measurement::control)
                    .map(m -> row(m.heading(), Optional.of(m), Optional.empty()))
                    .toList())),
        notes(measured, !best.isEmpty(), input),
        best,
        Table.Identifiers.NONE);
  }

  private static void compete(
      List<BestCells.Competitor> competitors, int row, Measurement measured) {
    if (measured.coverage().isUsual()) {
      competitors.add(BestCells.Competitor.of(new Table.Place(row, 1), measured));
    }
  }

  private static List<String> row(
      String title, Optional<Measurement> measured, Optional<PublishedColours> published) {
    return Stream.of(
            List.of(title),
            measured.map(ColourTable::cells).orElseGet(() -> dashes(MEASURED_HEADER)),
            published.map(ColourTable::printed).orElseGet(() -> dashes(PUBLISHED_HEADER)))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> cells(Measurement m) {
    return List.of(
        Cells.percent(m.frameMean()),
        PooledMetric.PSNR.cell(m),
        PooledMetric.SSIM.cell(m),
        m.perceptual().cell(PerceptualMetric.FID),
        inceptionScore(m.perceptual()),
        m.perceptual().cell(PerceptualMetric.LPIPS),
        PooledMetric.COLOURFULNESS.cell(m),
        PooledMetric.FLICKER.cell(m),
        m.difference()
            .map(d -> Cells.signed(d.estimate()) + " " + Cells.interval(d.sameVideos()))
            .orElse(Table.DASH));
  }

  private static String inceptionScore(PerceptualResult result) {
    String mean = result.cell(PerceptualMetric.INCEPTION_SCORE);
    return mean.equals(Table.DASH)
        ? mean
        : mean + PLUS_MINUS + result.cell(PerceptualMetric.INCEPTION_DEVIATION);
  }

  /** With the decimals that the paper prints. */
  private static List<String> printed(PublishedColours row) {
    return List.of(
        decimals(row.fid(), 2),
        decimals(row.inceptionScore(), 2) + PLUS_MINUS + decimals(row.inceptionDeviation(), 2),
        decimals(row.lpips(), 3),
        decimals(row.psnr(), 2),
        decimals(row.ssim(), 3));
  }

  private static String decimals(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static List<String> dashes(List<String> header) {
    return Collections.nCopies(header.size(), Table.DASH);
  }

  private List<String> notes(List<Measurement> measured, boolean bold, TableInput input) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "PSNR in dB, of the frame mean (a frame without any error has none and is left out) and"
            + " pooled over all pixels; "
            + METRICS
            + "; the true colours have a colourfulness of "
            + trueColourfulness(measured)
            + ". Difference: of the frame means of PSNR to the fixed jointly trained model, with"
            + " its 95 % interval on these videos.");
    boolean same = set.dataset().equals(PaperColumn.INSTANCE.set().dataset());
    notes.add(
        "Published: the paper's Table 3, COCO Videos turned gray"
            + (same ? "." : ", which are other videos than these: not to be compared with them.")
            + " It prints an arrow up at LPIPS; by its definition it is a distance, and lower is"
            + " better. With the arrow read as printed online TTT-MAE is best in it, by the"
            + " definition it is worst.");
    notes.add(
        "FID (down), IS (up, with its deviation over ten runs of the frames) and LPIPS (down) are"
            + " of feature networks that a sweep is given (--inception FILE, --lpips FILE). The paper itself calls the"
            + " metrics for colorization less reliable.");
    notes.addAll(unmeasured(measured));
    notes.addAll(Notes.otherFrames(measured, input.results().titles()));
    notes.addAll(Notes.best(bold, measured));
    return notes;
  }

  /** Why there are dashes among the metrics of feature networks, each reason once. */
  private static List<String> unmeasured(List<Measurement> measured) {
    Map<String, Set<PerceptualMetric>> metrics = new TreeMap<>();
    Map<String, Set<String>> results = new TreeMap<>();
    for (Measurement m : measured) {
      m.perceptual()
          .reasons()
          .forEach(
              (metric, reason) -> {
                metrics
                    .computeIfAbsent(reason, r -> EnumSet.noneOf(PerceptualMetric.class))
                    .add(metric);
                results.computeIfAbsent(reason, r -> new LinkedHashSet<>()).add(m.heading());
              });
    }
    return results.entrySet().stream()
        .map(
            entry ->
                "%s not measured: %s%s."
                    .formatted(
                        metrics.get(entry.getKey()).stream()
                            .map(PerceptualMetric::title)
                            .collect(Collectors.joining(" and ")),
                        entry.getKey(),
                        entry.getValue().size() == measured.size()
                            ? ""
                            : " (%s)".formatted(String.join(", ", entry.getValue()))))
        .toList();
  }

  private static String trueColourfulness(List<Measurement> measured) {
    return measured.stream()
        .map(PooledMetric.TRUE_COLOURFULNESS::cell)
        .findFirst()
        .orElse(Table.DASH);
  }
}
