package io.videottt.reports.paper;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.source.TableSource;
import java.util.ArrayList;
import java.util.List;

/** The paper's Table 3, colorization, for every model and evaluation set that was coloured. */
public final class ColourTables implements TableSource {

  @Override
  public int order() {
    return 110;
  }

  @Override
  public List<ReportTable> tables(TableInput input) {
    ModelResults models = new ModelResults(input.results().measurements());
    List<ReportTable> tables = new ArrayList<>();
    for (String model : models.names()) {
      for (EvaluationSet set : ModelResults.sets(models.of(model))) {
        if (set.task() == Task.COLORIZATION) {
          List<Measurement> measured =
              models.of(model).stream().filter(m -> m.set().equals(set)).toList();
          ColourTable table =
              new ColourTable(
                  input.published().colorization(),
                  set,
                  "table3-%s-%s%s".formatted(set.dataset(), set.split(), models.suffix(model)),
                  "Table 3: colorization, %s%s"
                      .formatted(input.results().titles().data(set), ModelResults.caption(model)));
          tables.add(ReportTable.result(table.of(measured, input)));
        }
      }
    }
    return tables;
  }
}
