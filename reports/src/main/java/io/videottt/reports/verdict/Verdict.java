package io.videottt.reports.verdict;

import io.videottt.base.MetricUnit;
import io.videottt.base.Task;
import io.videottt.reports.Measurement;
import io.videottt.reports.MethodNote;
import io.videottt.reports.Results;
import io.videottt.reports.Titles;
import io.videottt.reports.table.MarkdownTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the numbers of a report say, in words: per data set, model and task whether online test-time
 * training gains over the fixed model, split by split, and what other methods and the controls gain
 * beside it. Made from the differences and intervals that the tables hold; where an interval spans
 * zero or is missing, the words say so.
 *
 * @param findings in the order of the tables
 * @param reading how the numbers are to be read, whole sentences; empty where nothing was compared
 */
public record Verdict(List<Finding> findings, List<String> reading) {

  /** Keeps the lists from being changed. */
  public Verdict {
    findings = List.copyOf(findings);
    reading = List.copyOf(reading);
  }

  private record Group(String dataset, String model, Task task) {

    static Group of(Measurement m) {
      return new Group(m.set().dataset(), m.model(), m.set().task());
    }
  }

  /**
   * The verdict on what was measured.
   *
   * @param results what was measured
   * @param methods what the methods are
   */
  public static Verdict of(Results results, List<MethodNote> methods) {
    Map<Group, List<Measurement>> groups = new LinkedHashMap<>();
    for (Measurement m : results.measurements()) {
      groups.computeIfAbsent(Group.of(m), group -> new ArrayList<>()).add(m);
    }
    Titles titles = results.titles();
    Set<String> models = new LinkedHashSet<>();
    groups.keySet().forEach(group -> models.add(group.model()));
    List<Finding> findings = new ArrayList<>();
    groups.forEach(
        (group, own) -> {
          String heading =
              "%s, %s".formatted(titles.dataSet(group.dataset()), group.task().title());
          findings.add(
              new Finding(
                  models.size() > 1 ? heading + ", model " + group.model() : heading,
                  new FindingSentences(own, titles, methods).all()));
        });
    return new Verdict(findings, reading(results.measurements()));
  }

  private static List<String> reading(List<Measurement> measurements) {
    List<Measurement> compared =
        measurements.stream().filter(m -> m.difference().isPresent()).toList();
    if (compared.isEmpty()) {
      return List.of();
    }
    int seeds = compared.stream().mapToInt(m -> m.repetitions().seeds()).max().orElse(1);
    List<String> reading = new ArrayList<>();
    reading.add(
        units(compared)
            + " of the mean over frames; in brackets stands the 95 % interval of"
            + " the difference on these videos, frames drawn in blocks of 10%s."
                .formatted(seeds > 1 ? " and seeds with them" : ""));
    if (seeds == 1) {
      reading.add(
          "Methods that draw masks or samples ran with one seed: how far seeds lie apart is in no"
              + " interval.");
    }
    return reading;
  }

  private static String units(List<Measurement> compared) {
    Set<MetricUnit> units = EnumSet.noneOf(MetricUnit.class);
    compared.forEach(m -> units.add(m.set().task().unit()));
    List<String> said = new ArrayList<>();
    if (units.contains(MetricUnit.PERCENT)) {
      said.add("Points are percent points");
    }
    if (units.contains(MetricUnit.DECIBEL)) {
      said.add(said.isEmpty() ? "Decibels are differences" : "decibels differences");
    }
    return String.join(" and ", said);
  }

  /** As plain text, a sentence a line, ending in a line break; empty where nothing was measured. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(finding.heading()).append('\n');
      finding.sentences().forEach(sentence -> text.append("  ").append(sentence).append('\n'));
      text.append('\n');
    }
    reading.forEach(sentence -> text.append(sentence).append('\n'));
    return text.toString();
  }

  /** As GitHub-flavoured Markdown, ending in a line break. */
  public String markdown() {
    StringBuilder text = new StringBuilder("## What was found\n");
    for (Finding finding : findings) {
      text.append("\n### ").append(MarkdownTable.escape(finding.heading())).append("\n\n");
      finding
          .sentences()
          .forEach(
              sentence -> text.append("- ").append(MarkdownTable.escape(sentence)).append('\n'));
    }
    if (!reading.isEmpty()) {
      text.append('\n').append(MarkdownTable.escape(String.join(" ", reading))).append('\n');
    }
    return text.toString();
  }
}
