package io.videottt.jobs.results;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** The seconds that the frames of a unit took, out of the rows of its file. */
public final class UnitSeconds {

  /** The columns whose sum a frame took. */
  public static final Set<String> COLUMNS =
      Set.of(
          MetricsSchema.SECONDS_LOAD,
          MetricsSchema.SECONDS_ADAPT,
          MetricsSchema.SECONDS_PREDICT,
          MetricsSchema.SECONDS_EVALUATE);

  private UnitSeconds() {}

  /**
   * The sum over all rows.
   *
   * @param file a unit's file that was found to be sound
   * @return empty where its rows tell no seconds
   * @throws IOException when the storage cannot be reached
   */
  public static OptionalDouble of(UnitFile file, Configuration hadoop) throws IOException {
    double[] sum = new double[1];
    UnitRows.of(file, hadoop)
        .read(
            COLUMNS,
            row -> row.values().forEach(value -> sum[0] += ((Number) value).doubleValue()));
    return sum[0] > 0 && Double.isFinite(sum[0])
        ? OptionalDouble.of(sum[0])
        : OptionalDouble.empty();
  }
}
