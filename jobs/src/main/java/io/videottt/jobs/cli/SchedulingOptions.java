package io.videottt.jobs.cli;

import io.videottt.jobs.sweep.plan.Scheduling;
import io.videottt.jobs.sweep.plan.WorkSplit;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@link Scheduling}. */
final class SchedulingOptions {

  /** What {@code --split} was given, which meant the split of a data set elsewhere. */
  enum FormerSplit {
    VIDEO,
    UNIT
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--task-per",
      defaultValue = "video",
      paramLabel = "video|adaptation",
      description =
          "One Spark task per video with all its units, or one per adaptation (units that differ "
              + "in the task only stay together), for more GPUs than videos (default: "
              + "${DEFAULT-VALUE}).")
  private WorkSplit taskPer = WorkSplit.VIDEO;

  private FormerSplit former;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Output folder of an earlier sweep: its measured seconds per frame are the costs "
              + "of what ran there too, and scale the assumed costs of the rest.")
  private String results;

  @Option(names = "--split", hidden = true, paramLabel = "video|unit")
  void split(FormerSplit split) {
    former = split;
    if (split != null) {
      var err = command.commandLine().getErr();
      err.printf(
          "note: --split is called --task-per now: --task-per %s%n",
          split == FormerSplit.VIDEO ? "video" : "adaptation");
      err.flush();
    }
  }

  Scheduling scheduling() {
    WorkSplit split =
        former == null
            ? taskPer
            : former == FormerSplit.VIDEO ? WorkSplit.VIDEO : WorkSplit.ADAPTATION;
    return new Scheduling(split, Optional.ofNullable(results));
  }
}
