package io.videottt.jobs.runtime;

import io.videottt.jobs.sweep.config.Rerun;
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
 */
public record RunContext(
    PrintWriter out,
    PrintWriter err,
    SparkSettings spark,
    String device,
    Duration checkpointInterval,
    Rerun rerun) {}
