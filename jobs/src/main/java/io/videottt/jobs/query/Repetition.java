package io.videottt.jobs.query;

import io.videottt.jobs.results.MetricsSchema;
import org.apache.spark.sql.Row;

/**
 * One of the runs that a result is the mean of.
 *
 * @param trainingSeed seed that the weights were trained with, 0 where it is not told
 * @param seed of the adaptation's draws
 */
record Repetition(long trainingSeed, long seed) {

  static Repetition of(Row row) {
    return new Repetition(
        row.<Long>getAs(MetricsSchema.TRAINING_SEED), row.<Long>getAs(MetricsSchema.SEED));
  }
}
