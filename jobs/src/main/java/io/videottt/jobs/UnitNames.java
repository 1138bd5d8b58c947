package io.videottt.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What units are called in a report, read once for all of its queries.
 *
 * @param labels at least one for each unit that has a name
 * @param others whether units without a name count, under those that they were run with
 */
record UnitNames(Set<UnitLabel> labels, boolean others) {

  /**
   * The names for a results folder.
   *
   * @param labels the units to count and what to call them; when empty all units, called as the
   *     sweeps that were to run there call them
   */
  static UnitNames of(ResultsFolder folder, Optional<Set<UnitLabel>> labels) throws IOException {
    return new UnitNames(labels.isPresent() ? labels.get() : folder.labels(), labels.isEmpty());
  }

  /** Frames under the names of their units. */
  Dataset<Row> of(Dataset<Row> frames) {
    List<Row> rows =
        labels.stream()
            .map(n -> RowFactory.create(n.unit(), n.model(), n.trainingSeed(), n.variant()))
            .toList();
    Dataset<Row> names = frames.sparkSession().createDataFrame(rows, MetricsQueries.LABELS);
    return MetricsQueries.named(frames, names, others);
  }
}
