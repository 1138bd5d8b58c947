package io.videottt.reports.paper;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FurtherMean;
import io.videottt.reports.Measurement;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.source.TableSource;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What metrics of other jars say of every method, a table for every model and evaluation set. */
public final class FurtherTables implements TableSource {

  @Override
  public int order() {
    return 250;
  }

  @Override
  public List<ReportTable> tables(TableInput input) {
    ModelResults models = new ModelResults(input.results().measurements());
    List<ReportTable> tables = new ArrayList<>();
    for (String model : models.names()) {
      for (EvaluationSet set : ModelResults.sets(models.of(model))) {
        Map<String, String> metrics = new TreeMap<>();
        input.further().stream()
            .filter(mean -> mean.set().equals(set) && mean.model().equals(model))
            .forEach(mean -> metrics.put(mean.title(), mean.description()));
        if (!metrics.isEmpty()) {
          tables.add(ReportTable.result(table(input, models, model, set, metrics)));
        }
      }
    }
    return tables;
  }

  private static Table table(
      TableInput input,
      ModelResults models,
      String model,
      EvaluationSet set,
      Map<String, String> metrics) {
    List<String> header = new ArrayList<>(List.of("Method"));
    header.addAll(metrics.keySet());
    List<List<String>> rows = new ArrayList<>();
    for (Measurement m : models.of(model)) {
      if (m.set().equals(set)) {
        rows.add(row(input, m, List.copyOf(metrics.keySet())));
      }
    }
    List<String> notes = new ArrayList<>();
    notes.add("Means over all frames that have a value; metrics of other jars, not the paper's.");
    metrics.forEach((title, description) -> notes.add("%s: %s".formatted(title, description)));
    return new Table(
        "further-%s-%s-%s%s"
            .formatted(set.dataset(), set.split(), set.task().id(), models.suffix(model)),
        "Further metrics, %s, %s%s"
            .formatted(
                input.results().titles().data(set), set.task().id(), ModelResults.caption(model)),
        header,
        1,
        rows,
        List.of(),
        notes);
  }

  private static List<String> row(TableInput input, Measurement m, List<String> metrics) {
    Map<String, String> values = new LinkedHashMap<>();
    for (FurtherMean mean : input.further()) {
      if (mean.set().equals(m.set())
          && mean.model().equals(m.model())
          && mean.method().equals(m.method())
          && mean.variant().equals(m.variant())) {
        values.put(mean.title(), String.format(Locale.ROOT, "%.4f", mean.mean()));
      }
    }
    List<String> cells = new ArrayList<>(List.of(m.heading()));
    metrics.forEach(metric -> cells.add(values.getOrDefault(metric, Table.DASH)));
    return cells;
  }
}
