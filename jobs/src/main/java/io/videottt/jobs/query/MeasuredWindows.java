package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.reports.locality.LocalityRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The frame means that online TTT-MAE reached with different windows and settings otherwise equal,
 * by video. Implicit memory only is the window of one frame.
 */
public final class MeasuredWindows {

  private static final String SETTINGS_BUT_WINDOW = "settings_but_window";
  private static final String WINDOW_IN_SETTINGS = ",\"window\":[0-9]+";

  private static final List<String> KEY =
      List.of(
          MetricsSchema.DATASET,
          MetricsSchema.SPLIT,
          MetricsSchema.TASK,
          MetricsSchema.MODEL_FINGERPRINT,
          MetricsSchema.VIDEO,
          SETTINGS_BUT_WINDOW);

  private final Map<Key, Map<Integer, Mean>> means;

  private record Key(
      String dataset,
      String split,
      String task,
      String fingerprint,
      String video,
      String settings) {

    static Key of(Unit unit) {
      return new Key(
          unit.dataset(),
          unit.split(),
          unit.task().id(),
          unit.adaptation().modelFingerprint(),
          unit.video(),
          Methods.IMPLICIT_MEMORY_ONLY.canonical(unit.settings(), unit.task()));
    }
  }

  /** A frame mean over all repetitions, weighted as the paper does, by the video's frames. */
  private record Mean(double value, long frames) {

    Mean plus(Mean other) {
      long both = frames + other.frames;
      return new Mean((value * frames + other.value * other.frames) / both, both);
    }
  }

  private MeasuredWindows(Map<Key, Map<Integer, Mean>> means) {
    this.means = means;
  }

  /** Where nothing was measured. */
  public static MeasuredWindows none() {
    return new MeasuredWindows(Map.of());
  }

  /**
   * Reads a results folder.
   *
   * @param folder output folder of a sweep
   * @param inventory its files
   */
  public static MeasuredWindows read(
      SparkSession spark, ResultsFolder folder, UnitInventory inventory) {
    if (inventory.units().isEmpty()) {
      return none();
    }
    Column implicit = col(MetricsSchema.METHOD).equalTo(Methods.IMPLICIT_MEMORY_ONLY.id());
    Dataset<Row> frames =
        FrameQueries.frames(spark, folder.metrics(), inventory)
            .where(col(MetricsSchema.METHOD).equalTo(Methods.ONLINE_TTT_MAE.id()).or(implicit))
            .withColumn(
                MetricsSchema.WINDOW, when(implicit, lit(1)).otherwise(col(MetricsSchema.WINDOW)))
            .withColumn(
                SETTINGS_BUT_WINDOW,
                regexp_replace(col(MetricsSchema.SETTINGS), WINDOW_IN_SETTINGS, ""));
    Map<Key, Map<Integer, Mean>> means = new HashMap<>();
    for (Row row :
        JobNames.rows(
            "measured windows",
            frames
                .groupBy(FrameQueries.columns(FrameQueries.with(KEY, MetricsSchema.WINDOW)))
                .agg(avg(FrameQueries.QUALITY).as("mean"), count(lit(1)).as("frames"))
                .where(col("mean").isNotNull()))) {
      Key key =
          new Key(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5));
      int window = row.getInt(6) == 0 ? LocalityRow.ALL_FRAMES : row.getInt(6);
      means
          .computeIfAbsent(key, k -> new TreeMap<>())
          .put(window, new Mean(row.getDouble(7), row.getLong(8)));
    }
    return new MeasuredWindows(means);
  }

  /** By window, what was measured on a unit's video. */
  public Map<Integer, Double> of(Unit unit) {
    return values(means.getOrDefault(Key.of(unit), Map.of()));
  }

  /** By window, the mean over the units' videos; only windows that all of them have run with. */
  public Map<Integer, Double> ofAll(List<Unit> units) {
    Set<Integer> common = null;
    Map<Integer, Mean> sums = new TreeMap<>();
    for (Unit unit : units) {
      Map<Integer, Mean> own = means.getOrDefault(Key.of(unit), Map.of());
      if (common == null) {
        common = new HashSet<>(own.keySet());
      }
      common.retainAll(own.keySet());
      own.forEach((window, mean) -> sums.merge(window, mean, Mean::plus));
    }
    if (common != null) {
      sums.keySet().retainAll(common);
    }
    return values(sums);
  }

  private static Map<Integer, Double> values(Map<Integer, Mean> means) {
    Map<Integer, Double> values = new TreeMap<>();
    means.forEach((window, mean) -> values.put(window, mean.value()));
    return values;
  }
}
