package io.videottt.jobs.cli;

import io.videottt.jobs.runtime.RunContext;
import io.videottt.jobs.runtime.SparkSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The options of commands that run units: Spark, device, checkpoints and what is run anew. */
final class RunSettings {

  @Mixin private SparkOptions spark;
  @Mixin private DeviceOption device;
  @Mixin private CheckpointOption checkpoints;
  @Mixin private RerunOptions rerun;

  RunContext of(CommandSpec command) {
    return of(command, spark.settings());
  }

  /** The same, with a master where the user names none. */
  RunContext of(CommandSpec command, String defaultMaster) {
    return of(command, spark.settings().withDefaultMaster(defaultMaster));
  }

  private RunContext of(CommandSpec command, SparkSettings how) {
    return new RunContext(
        command.commandLine().getOut(),
        command.commandLine().getErr(),
        how,
        device.device(),
        checkpoints.interval(),
        rerun.rerun(command));
  }
}
