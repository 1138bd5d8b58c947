package io.videottt.jobs.cli;

import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.Scheduling;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The whole pipeline on embedded videos: two drives that are segmented, of which one shows what
 * adapting gains and one what it costs, and four gray videos that are coloured.
 */
@Command(
    name = "demo",
    description = {
      "Runs the whole pipeline on embedded videos, in minutes and without any download.",
      "Segments a drive that darkens and clears up again and one that stays clear, and colours"
          + " four gray videos: what adapting gains and costs there,"
          + " in tables, figures, the page and, at the end, in words."
    },
    footer = {"", "Example:", "  ./ttt demo"})
public final class DemoCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private RunSettings run;
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Output folder (default: runs/demo in the repository).")
  private String output;

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("videottt.home", "."));
    String folder = output == null ? home.resolve("runs/demo").toString() : output;
    SweepRequest request =
        new SweepRequest(home.resolve("conf/sweeps/demo-all.yaml"), Optional.empty(), Map.of());
    SweepThenReport job = new SweepThenReport(run.of(spec, "local[2]"));
    return job.run(request, Scheduling.DEFAULT, folder, Set.of(), true) ? 0 : 1;
  }
}
