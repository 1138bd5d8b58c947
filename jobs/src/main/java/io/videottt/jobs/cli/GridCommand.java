package io.videottt.jobs.cli;

import io.videottt.jobs.grid.GridJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries settings and chooses one. */
@Command(
    name = "grid",
    description = {
      "Runs methods with every setting of a grid file over one split and ranks the " + "settings.",
      "Draws how the metric depends on them, and writes the best one as a sweep file, "
          + "chosen.yaml. Started again with the same output it runs only what is missing "
          + "or failed."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt grid --config conf/grids/demo-val.yaml --output runs/demo-val --master local[2]"
    })
public final class GridCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private SweepOptions grid;
  @Mixin private SchedulingOptions scheduling;
  @Mixin private RunSettings run;
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output folder, any Hadoop path.")
  private String output;

  @Override
  public Integer call() throws Exception {
    GridJob job = new GridJob(run.of(spec));
    return job.run(grid.request(), scheduling.scheduling(), output) ? 0 : 1;
  }
}
