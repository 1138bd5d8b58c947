package io.videottt.jobs;

import io.videottt.metrics.BlockBootstrap;
import io.videottt.reports.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Differences to the fixed model with 95 % intervals, from paired frames. Videos come one by one,
 * so only one result's frames are in memory at a time.
 */
final class PairedDifferences {

  /** Fixed, so that a report says the same every time. */
  private static final long SEED = 20_250_101L;

  private final Map<ResultKey, Difference> differences = new HashMap<>();
  private final List<double[]> fixed = new ArrayList<>();
  private final List<double[]> adapted = new ArrayList<>();
  private ResultKey current;

  private PairedDifferences() {}

  /**
   * Computes the differences.
   *
   * @param pairs rows of {@link MetricsQueries#pairsWithFixed}, those of a result together
   */
  static Map<ResultKey, Difference> of(Dataset<Row> pairs) {
    PairedDifferences collector = new PairedDifferences();
    Iterator<Row> rows = pairs.toLocalIterator();
    while (rows.hasNext()) {
      collector.add(rows.next());
    }
    collector.finish();
    return Map.copyOf(collector.differences);
  }

  private void add(Row row) {
    ResultKey key = ResultKey.of(row);
    if (!key.equals(current)) {
      finish();
      current = key;
    }
    List<Row> frames = row.getList(row.fieldIndex(MetricsQueries.PAIRS));
    adapted.add(values(frames, MetricsQueries.QUALITY));
    fixed.add(values(frames, MetricsQueries.FIXED));
  }

  private static double[] values(List<Row> frames, String column) {
    return frames.stream().mapToDouble(frame -> frame.<Double>getAs(column)).toArray();
  }

  private void finish() {
    if (current == null) {
      return;
    }
    Optional<Difference> difference =
        BlockBootstrap.standard(SEED)
            .difference(fixed, adapted)
            .map(i -> new Difference(i.estimate(), i.lower(), i.upper()));
    difference.ifPresent(value -> differences.put(current, value));
    fixed.clear();
    adapted.clear();
  }
}
