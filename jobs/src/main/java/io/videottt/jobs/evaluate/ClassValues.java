package io.videottt.jobs.evaluate;

import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of single classes, in percent, from the counts of all frames.
 *
 * @param metrics the metrics' names
 * @param values by class, the metrics in their order; empty where undefined
 */
record ClassValues(List<String> metrics, Map<String, List<Optional<Double>>> values) {

  static <C> ClassValues of(FrameEvaluation<C> evaluation, C pooled) {
    Map<String, List<Optional<Double>>> values = new LinkedHashMap<>();
    // Two categories of a file may have one name.
    List<String> names = FrameNames.of(evaluation.classes());
    for (int classId = 0; classId < names.size(); classId++) {
      values.put(names.get(classId), evaluation.classValues(pooled, classId));
    }
    return new ClassValues(evaluation.classMetrics(), values);
  }

  /** For a JSON document: by class and metric, null where undefined. */
  Map<String, Map<String, Double>> json() {
    Map<String, Map<String, Double>> document = new LinkedHashMap<>();
    values.forEach(
        (name, row) -> {
          Map<String, Double> entry = new LinkedHashMap<>();
          for (int i = 0; i < metrics.size(); i++) {
            entry.put(metrics.get(i), row.get(i).orElse(null));
          }
          document.put(name, entry);
        });
    return document;
  }

  /** The classes that have a value, and how many have none. */
  Table table(String task) {
    List<String> header = new ArrayList<>(List.of("class"));
    header.addAll(metrics);
    List<List<String>> rows = new ArrayList<>();
    int undefined = 0;
    for (Map.Entry<String, List<Optional<Double>>> entry : values.entrySet()) {
      if (entry.getValue().stream().allMatch(Optional::isEmpty)) {
        undefined++;
        continue;
      }
      List<String> row = new ArrayList<>(List.of(entry.getKey()));
      entry.getValue().forEach(value -> row.add(cell(value)));
      rows.add(row);
    }
    List<String> notes =
        undefined == 0
            ? List.of()
            : List.of(
                "%d of the %d classes have no value: the ground truth does not hold them."
                    .formatted(undefined, values.size()));
    return new Table(
        "evaluation-classes-" + task,
        "by class, pooled, percent",
        header,
        1,
        rows,
        List.of(),
        notes);
  }

  /** A number as it stands in a table. */
  static String cell(Optional<Double> value) {
    return value.map(number -> String.format(Locale.ROOT, "%.2f", number)).orElse(Table.DASH);
  }
}
