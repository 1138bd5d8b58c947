package io.videottt.jobs.cli;

import io.videottt.jobs.sweep.plan.Scheduling;
import io.videottt.jobs.sweep.plan.TaskSplit;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@link Scheduling}. */
final class SchedulingOptions {

  @Option(
      names = "--split",
      defaultValue = "video",
      paramLabel = "video|unit",
      description =
          "One Spark task per video with all its units, or one per unit (units that differ "
              + "in the task only stay together), for more GPUs than videos (default: "
              + "${DEFAULT-VALUE}).")
  private TaskSplit split = TaskSplit.VIDEO;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Output folder of an earlier sweep: its measured seconds per frame are the costs "
              + "of what ran there too, and scale the assumed costs of the rest.")
  private String results;

  Scheduling scheduling() {
    return new Scheduling(split, Optional.ofNullable(results));
  }
}
