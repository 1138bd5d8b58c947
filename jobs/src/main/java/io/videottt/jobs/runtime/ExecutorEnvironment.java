package io.videottt.jobs.runtime;

import java.util.Map;
import java.util.TreeMap;

/** What the computing library reads from the environment of every executor's process. */
public final class ExecutorEnvironment {

  private static final String KEEP = "4294967296";

  /** Spark properties that set it; the launcher sets the same for the process that it starts. */
  public static final Map<String, String> PROPERTIES =
      new TreeMap<>(
          Map.of(
              // A waiting OpenMP thread must not burn the core of a neighbouring task.
              "spark.executorEnv.OMP_WAIT_POLICY",
              "PASSIVE",
              // glibc would give every large tensor back and fault its pages in again.
              "spark.executorEnv.MALLOC_MMAP_THRESHOLD_",
              KEEP,
              "spark.executorEnv.MALLOC_TRIM_THRESHOLD_",
              KEEP,
              "spark.executorEnv.MALLOC_TOP_PAD_",
              "67108864"));

  private ExecutorEnvironment() {}
}
