package io.videottt.reports.paper;

import io.videottt.base.Task;
import io.videottt.metrics.Interval;
import io.videottt.reports.Difference;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.OwnSettings;
import io.videottt.reports.Titles;
import io.videottt.reports.published.PublishedRow;
import io.videottt.reports.published.PublishedTable;
import io.videottt.reports.table.Cells;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sentences below tables. */
public final class Notes {

  private static final String OFFLINE = "offline-ttt-mae-all-frames";

  /** Heading of the interval about these videos. */
  static final String SAME_VIDEOS = "95 % interval";

  /** Heading of the interval about videos of the kind. */
  static final String NEW_VIDEOS = "95 % over videos";

  private Notes() {}

  /**
   * What bold means and what it does not, and which settings are not the paper's.
   *
   * @param bold whether anything stands out
   * @param measured what the table shows
   */
  static List<String> best(boolean bold, Collection<Measurement> measured) {
    List<String> notes = new ArrayList<>();
    if (bold) {
      notes.add(BestCells.NOTE);
    }
    measured.stream()
        .filter(m -> m.method().equals(OFFLINE))
        .findFirst()
        .ifPresent(
            m ->
                notes.add(
                    m.title()
                        + " is an oracle: it reports the iteration that the metric itself chose,"
                        + " video by video."));
    notes.addAll(OwnSettings.notes(measured));
    return notes;
  }

  /**
   * Which results of one evaluation set are over other frames than most, one note for each.
   *
   * @param measured what the table shows
   * @param titles of videos
   */
  static List<String> otherFrames(Collection<Measurement> measured, Titles titles) {
    return otherFrames(measured, titles, m -> "");
  }

  /** The same of several evaluation sets, which the notes name. */
  static List<String> otherFramesOfSets(Collection<Measurement> measured, Titles titles) {
    return otherFrames(
        measured, titles, m -> ", %s, %s".formatted(titles.data(m.set()), m.set().task().id()));
  }

  private static List<String> otherFrames(
      Collection<Measurement> measured, Titles titles, Function<Measurement, String> named) {
    List<String> notes = new ArrayList<>();
    for (Measurement m : measured) {
      if (!m.coverage().isUsual()) {
        String set = named.apply(m);
        notes.add(
            "%s %s%s: over %s. Its means do not compare with the others'%s"
                .formatted(
                    FrameCoverage.OTHER_FRAMES,
                    Cells.titled(m.title(), m.variant()),
                    set,
                    m.coverage().describe(id -> titles.video(m.set(), id)),
                    m.difference()
                        .map(
                            d ->
                                "; its difference is over the %d frames that it shares with the fixed model, which has %s on them."
                                    .formatted(d.frames(), Cells.percent(d.baseline())))
                        .orElse(".")));
      }
    }
    return notes;
  }

  /** The same in a few words, for captions; empty where all frames are the same. */
  public static String otherFramesInShort(Collection<Measurement> measured) {
    List<String> others =
        measured.stream()
            .filter(m -> !m.coverage().isUsual())
            .map(m -> Cells.titled(m.title(), m.variant()) + ": " + m.coverage().cell() + " frames")
            .toList();
    return others.isEmpty()
        ? ""
        : " %s Over other frames than the others: %s."
            .formatted(FrameCoverage.OTHER_FRAMES, String.join("; ", others));
  }

  /** What the two intervals of a difference are, and why there are none where there is a dash. */
  static List<String> intervals(Collection<Measurement> measured) {
    List<String> notes = new ArrayList<>();
    List<Difference> differences = measured.stream().flatMap(m -> m.difference().stream()).toList();
    if (differences.isEmpty()) {
      return notes;
    }
    notes.add(
        "%s: of the difference on these videos, frames drawn in blocks of 10%s; %s: on other videos of"
                .formatted(
                    SAME_VIDEOS,
                    measured.stream().anyMatch(m -> m.repetitions().seeds() > 1)
                        ? ", and seeds with them"
                        : "",
                    NEW_VIDEOS)
            + " the kind, the videos drawn as well (bootstraps, see docs/intervals.md).");
    gap(SAME_VIDEOS, differences.stream().map(Difference::sameVideos).toList())
        .ifPresent(notes::add);
    gap(NEW_VIDEOS, differences.stream().map(Difference::newVideos).toList()).ifPresent(notes::add);
    return notes;
  }

  private static Optional<String> gap(String column, List<Interval> intervals) {
    List<String> reasons =
        intervals.stream().flatMap(interval -> interval.gap().stream()).distinct().toList();
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "No %s where there is a dash: %s.".formatted(column, String.join("; ", reasons)));
  }

  /**
   * Why rows of the paper have no number for a task.
   *
   * @param table the paper's rows
   * @param tasks the table's columns
   * @param reasons per method and task
   */
  static List<String> missing(
      PublishedTable table, Collection<Task> tasks, MissingReasons reasons) {
    record Gap(String metrics, String reason) {}
    Map<Gap, List<String>> titles = new LinkedHashMap<>();
    for (PublishedRow row : table.rows()) {
      Map<String, List<String>> metrics = new LinkedHashMap<>();
      for (Task task : tasks) {
        reasons
            .reason(row.method(), task)
            .ifPresent(
                reason ->
                    metrics.computeIfAbsent(reason, key -> new ArrayList<>()).add(task.metric()));
      }
      metrics.forEach(
          (reason, names) ->
              titles
                  .computeIfAbsent(
                      new Gap(String.join(" or ", names), reason), key -> new ArrayList<>())
                  .add(row.title()));
    }
    List<String> notes = new ArrayList<>();
    titles.forEach(
        (gap, methods) ->
            notes.add(
                "No %s for %s: %s"
                    .formatted(gap.metrics(), String.join(" and ", methods), gap.reason())));
    return notes;
  }
}
