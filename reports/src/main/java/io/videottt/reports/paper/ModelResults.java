package io.videottt.reports.paper;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was measured, by models, whose tables stand apart from each other.
 *
 * @param measurements in the order of the tables
 */
record ModelResults(List<Measurement> measurements) {

  /** Labels of the models. */
  Set<String> names() {
    return measurements.stream()
        .map(Measurement::model)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<Measurement> of(String model) {
    return measurements.stream().filter(m -> m.model().equals(model)).toList();
  }

  /** End of the file names of a model's tables; empty where there is one model only. */
  String suffix(String model) {
    return names().size() == 1 ? "" : "-" + model;
  }

  /** End of the captions of a model's tables. */
  static String caption(String model) {
    return ", model " + model;
  }

  /** What measurements are of. */
  static Set<EvaluationSet> sets(Collection<Measurement> measurements) {
    return measurements.stream()
        .map(Measurement::set)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
