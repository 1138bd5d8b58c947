package io.videottt.reports;

import io.videottt.metrics.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences below tables. */
final class Notes {

  private static final String OFFLINE = "offline-ttt-mae-all-frames";

  private Notes() {}

  /**
   * What bold means, and what it does not.
   *
   * @param bold whether anything stands out
   * @param measured what the table shows
   */
  static List<String> best(boolean bold, Collection<Measurement> measured) {
    List<String> notes = new ArrayList<>();
    if (bold) {
      notes.add("Bold: the best among the paper's methods; controls do not compete.");
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
    return notes;
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
