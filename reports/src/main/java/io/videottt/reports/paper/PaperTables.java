package io.videottt.reports.paper;

import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.source.TableSource;
import java.util.List;

/** The paper's Tables 1 and 4, with the published numbers beside the measured ones. */
public final class PaperTables implements TableSource {

  @Override
  public int order() {
    return 100;
  }

  @Override
  public List<ReportTable> tables(TableInput input) {
    return new MethodTables(input).all();
  }
}
