package io.videottt.reports.source;

import java.util.List;

/**
 * A source of tables in the report. Sources are services: a jar that names a class with a public
 * constructor without arguments in {@code META-INF/services/io.videottt.reports.source.TableSource}
 * adds its tables to every report. This project's own tables come from such sources, too.
 *
 * <p>A source that throws is left out: console and page name its class with the reason, and the
 * tables of the others are written.
 */
public interface TableSource {

  /**
   * Place among the sources, lower ones first; those of the same place by the names of their
   * classes. The paper's tables are at 100, its data sets at 200, single videos and classes at 300.
   */
  default int order() {
    return 1000;
  }

  /**
   * The tables in their order; none when the results have nothing for them. It is asked once per
   * report.
   *
   * @param input what they are made of
   */
  List<ReportTable> tables(TableInput input);
}
