package io.videottt.reports.paper;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.source.TableSource;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables of single videos and single classes, for every model and evaluation set. */
public final class SingleTables implements TableSource {

  @Override
  public int order() {
    return 300;
  }

  @Override
  public List<ReportTable> tables(TableInput input) {
    ModelResults models = new ModelResults(input.results().measurements());
    List<Table> tables = new ArrayList<>();
    for (String model : models.names()) {
      List<Measurement> own = models.of(model);
      for (EvaluationSet set : ModelResults.sets(own)) {
        MethodColumns methods =
            MethodColumns.of(
                input.published(), own.stream().filter(m -> m.set().equals(set)).toList());
        tables.addAll(of(set, methods, models.suffix(model), model, input));
      }
    }
    return tables.stream().map(ReportTable::detail).toList();
  }

  private static List<Table> of(
      EvaluationSet set, MethodColumns methods, String suffix, String model, TableInput input) {
    String caption = ModelResults.caption(model);
    List<Table> tables =
        new ArrayList<>(
            new VideoTables(set, methods, suffix, caption, input.results().titles()).all());
    new ClassTable(set, methods, input.results(), suffix, caption).table().ifPresent(tables::add);
    Portions portions = Portions.of(input);
    tables.replaceAll(table -> portions.noted(table, Set.of(set)));
    return tables;
  }
}
