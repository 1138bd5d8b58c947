package io.videottt.reports.paper;

import io.videottt.base.Task;
import io.videottt.reports.Measurement;
import io.videottt.reports.Released;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedProtocol;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.published.PublishedRow;
import io.videottt.reports.published.PublishedTable;
import io.videottt.reports.table.Cells;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Sentences about protocols below tables: what released means, and how published numbers came. */
public final class ProtocolNotes {

  private static final String FIXED = "mae-joint-training";

  private final PublishedResults published;

  ProtocolNotes(PublishedResults published) {
    this.published = published;
  }

  /**
   * What the released protocol is, and where it has no number.
   *
   * @param tasks of the table's columns
   * @param measured what the table shows
   */
  public static List<String> released(Collection<Task> tasks, Collection<Measurement> measured) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Released: the protocol of the paper's released code: "
            + tasks.stream()
                .distinct()
                .map(ProtocolNotes::formula)
                .collect(Collectors.joining("; "))
            + "; videos weighted by their annotated frames.");
    for (Task task : new LinkedHashSet<>(tasks)) {
      List<Measurement> own = measured.stream().filter(m -> m.set().task() == task).toList();
      Set<String> unknown =
          own.stream()
              .filter(m -> m.released().unknownFrames() > 0)
              .map(m -> Cells.titled(m.title(), m.variant()))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (!unknown.isEmpty()) {
        notes.add(
            "No %s released for %s: rows of an earlier version do not hold what it needs; run these units again, in another folder, to have it."
                .formatted(task.metric(), String.join(", ", unknown)));
      }
      long undefined = own.stream().mapToLong(m -> m.released().undefinedFrames()).max().orElse(0);
      if (undefined > 0) {
        notes.add(
            "%d annotated frames have no %s released and are left out; the released code would print none for their videos."
                .formatted(undefined, task.metric()));
      }
    }
    return notes;
  }

  private static String formula(Task task) {
    return switch (task) {
      case SEMANTIC ->
          "mIoU of every frame over the classes in its truth or in its prediction (one that is only"
              + " predicted counts 0)";
      case PANOPTIC ->
          "PQ of every frame with ignored categories not void and crowds as ordinary segments (per"
              + " video: the counts of a video pooled)";
      case INSTANCE ->
          "AP of every frame with segments of stuff as objects, which nothing finds (per video: the"
              + " detections of a video pooled)";
      case COLORIZATION -> "none for colorization, of which no code was released";
    };
  }

  /**
   * Which protocol the published numbers were made with, and what of the published gains may be
   * protocol.
   *
   * @param table the rows
   * @param columns whose published numbers are shown
   * @param measured what the table shows
   */
  List<String> published(
      PublishedTable table, List<PaperColumn> columns, Collection<Measurement> measured) {
    List<String> notes = new ArrayList<>();
    for (PublishedProtocol known : published.protocols()) {
      List<PaperColumn> shown = columns.stream().filter(known.columns()::contains).toList();
      List<String> titles =
          table.rows().stream()
              .filter(row -> known.methods().contains(row.method()))
              .filter(row -> shown.stream().anyMatch(column -> row.value(column).isPresent()))
              .map(PublishedRow::title)
              .toList();
      if (!titles.isEmpty()) {
        notes.add(
            "Published %s of %s: %s."
                .formatted(
                    shown.stream().map(PaperColumn::title).collect(Collectors.joining(", ")),
                    String.join(", ", titles),
                    scoring(known.scoring())));
      }
    }
    for (PaperColumn column : columns) {
      gain(table, column, measured).ifPresent(notes::add);
    }
    return notes;
  }

  private static String scoring(PublishedProtocol.Scoring scoring) {
    return switch (scoring) {
      case PER_FRAME -> "the released code scores them frame by frame, as released does here";
      case PER_VIDEO ->
          "the released code scores them pooled over each video, as released per video does here;"
              + " how it averages videos is not told";
      case UNKNOWN ->
          "not known, the released code has none for them; the paper's text says frame by frame";
    };
  }

  /** What lies between two ways of scoring the fixed model is no gain of an adaptation. */
  private Optional<String> gain(
      PublishedTable table, PaperColumn column, Collection<Measurement> measured) {
    if (published.scoring(column, FIXED) != PublishedProtocol.Scoring.PER_VIDEO) {
      return Optional.empty();
    }
    String mixed =
        "Published gains in %s are differences between numbers scored frame by frame and a fixed model scored per video"
            .formatted(column.title());
    Optional<Released> fixed =
        measured.stream()
            .filter(m -> m.set().equals(column.set()))
            .filter(m -> m.method().equals(FIXED) && m.variant().isEmpty())
            .map(Measurement::released)
            .filter(own -> own.perFrame().isPresent() && own.perVideo().isPresent())
            .findFirst();
    if (fixed.isEmpty()) {
      return Optional.of(mixed + "; what of them may be protocol shows when that is measured.");
    }
    double perFrame = fixed.get().perFrame().getAsDouble();
    double perVideo = fixed.get().perVideo().getAsDouble();
    String largest =
        largestGain(table, column)
            .map(" of the published gain of %s points"::formatted)
            .orElse(" of a published gain");
    return Optional.of(
        "%s. Here the same fixed model has %s frame by frame and %s per video: %s points%s may be protocol."
            .formatted(
                mixed,
                Cells.percent(perFrame),
                Cells.percent(perVideo),
                Cells.signed(perFrame - perVideo),
                largest));
  }

  /** The gain over the fixed model of the best method that is scored frame by frame. */
  private Optional<String> largestGain(PublishedTable table, PaperColumn column) {
    OptionalDouble fixed =
        published.tables().stream()
            .flatMap(known -> known.rows().stream())
            .filter(row -> row.method().equals(FIXED))
            .map(row -> row.value(column))
            .findFirst()
            .orElse(OptionalDouble.empty());
    OptionalDouble best =
        table.rows().stream()
            .filter(
                row ->
                    published.scoring(column, row.method()) == PublishedProtocol.Scoring.PER_FRAME)
            .flatMapToDouble(row -> row.value(column).stream())
            .max();
    return fixed.isPresent() && best.isPresent()
        ? Optional.of(Cells.tenths(best.getAsDouble() - fixed.getAsDouble()))
        : Optional.empty();
  }
}
