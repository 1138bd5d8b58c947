package io.videottt.jobs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole pipeline on the embedded data and model. */
@Command(
    name = "demo",
    description = {
      "Runs the whole pipeline on embedded videos, in minutes and without any " + "download.",
      "Every method with an embedded model, in Spark's local mode, then tables, "
          + "figures and the page."
    },
    footer = {"", "Example:", "  ./ttt demo"})
final class DemoCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
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
        new SweepRequest(home.resolve("conf/sweeps/demo.yaml"), Optional.empty(), Map.of());
    SweepJob job = new SweepJob(run.of(spec, "local[2]"));
    return job.run(request, new SchedulingOptions(), folder, true) ? 0 : 1;
  }
}
