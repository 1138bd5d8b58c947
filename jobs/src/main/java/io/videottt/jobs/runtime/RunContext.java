package io.videottt.jobs.runtime;

import io.videottt.jobs.sweep.config.Rerun;
import io.videottt.model.features.FeatureFiles;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * What commands that run units have in common.
 *
 * @param out where tables go
 * @param err where progress and failures go
 * @param spark how Spark is started
 * @param device auto, cpu or gpu:N
 * @param checkpointInterval shortest time between two checkpoints of a unit
 * @param rerun which results are not taken as they are
 * @param features where the networks lie that predicted colours are looked at with
 */
public record RunContext(
    PrintWriter out,
    PrintWriter err,
    SparkSettings spark,
    String device,
    Duration checkpointInterval,
    Rerun rerun,
    FeatureFiles features) {

  /** A run without networks for colours. */
  public RunContext(
      PrintWriter out,
      PrintWriter err,
      SparkSettings spark,
      String device,
      Duration checkpointInterval,
      Rerun rerun) {
    this(out, err, spark, device, checkpointInterval, rerun, FeatureFiles.NONE);
  }

  /** The same with networks that look at predicted colours. */
  public RunContext lookingWith(FeatureFiles files) {
    return new RunContext(out, err, spark, device, checkpointInterval, rerun, files);
  }
}
