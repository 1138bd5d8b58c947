package io.videottt.reports.paper;

import io.videottt.reports.ClassResult;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.Results;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What every method measured on every class of a set, pooled protocol. */
final class ClassTable {

  private final EvaluationSet set;
  private final MethodColumns methods;
  private final Results results;
  private final String suffix;
  private final String model;

  /**
   * @param set what was evaluated
   * @param methods with their classes
   * @param results knows the classes' names
   * @param suffix end of the file name
   * @param model end of the caption
   */
  ClassTable(
      EvaluationSet set, MethodColumns methods, Results results, String suffix, String model) {
    this.set = set;
    this.methods = methods;
    this.results = results;
    this.suffix = suffix;
    this.model = model;
  }

  /** The table; empty when no class has a value. */
  Optional<Table> table() {
    Set<Integer> ids = new TreeSet<>();
    methods.methods().forEach(m -> m.perClass().forEach(own -> ids.add(own.classId())));
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    for (int id : ids) {
      List<String> cells = new ArrayList<>(List.of(results.className(set.dataset(), id)));
      methods.methods().forEach(m -> cells.add(Cells.percent(value(m, id))));
      rows.add(cells);
    }
    PooledMetric metric = PooledMetric.of(set.task()).get(0);
    List<String> mean = new ArrayList<>(List.of("mean"));
    methods
        .methods()
        .forEach(m -> mean.add(Cells.percent(m.pooled().getOrDefault(metric, Double.NaN))));
    rows.add(mean);
    List<String> header = new ArrayList<>(List.of("Class"));
    header.addAll(methods.headings());
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s of every class with ground truth, percent, pooled over all evaluated frames."
            .formatted(classMetric()));
    notes.addAll(Notes.otherFrames(methods.methods(), results.titles()));
    notes.addAll(Notes.best(false, methods.methods()));
    return Optional.of(
        new Table(
            "classes-%s-%s-%s%s".formatted(set.dataset(), set.split(), set.task().id(), suffix),
            "%s of every class, %s%s".formatted(classMetric(), results.titles().data(set), model),
            header,
            1,
            rows,
            List.of(),
            notes));
  }

  private String classMetric() {
    return switch (set.task()) {
      case SEMANTIC -> "IoU";
      case PANOPTIC, INSTANCE, COLORIZATION -> set.task().metric();
    };
  }

  private static double value(Measurement measurement, int classId) {
    return measurement.perClass().stream()
        .filter(own -> own.classId() == classId)
        .mapToDouble(ClassResult::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
