package io.videottt.jobs.cli;

import io.videottt.jobs.saved.SaveKind;
import io.videottt.model.features.FeatureFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs what is missing of a sweep. */
@Command(
    name = "sweep",
    description = {
      "Runs a sweep's methods over its videos, longest video first, and prints the tables.",
      "Started again with the same output it runs only what is missing or failed."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt sweep --config conf/sweeps/embedded/table1.yaml --output runs/embedded"
    })
public final class SweepCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private SweepOptions sweep;
  @Mixin private SchedulingOptions scheduling;
  @Mixin private RunSettings run;
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output folder, any Hadoop path.")
  private String output;

  @Option(
      names = "--no-report",
      negatable = true,
      description = "Run only: ./ttt report makes tables, figures and page of the folder later.")
  private boolean report = true;

  @Option(
      names = "--inception",
      paramLabel = "FILE",
      description =
          "Colorization: TorchScript file of a network that gives features and class probabilities,"
              + " for FID and Inception Score (docs/colorization.md). It is run: name only a file"
              + " that you trust.")
  private String inception;

  @Option(
      names = "--lpips",
      paramLabel = "FILE",
      description = "Colorization: TorchScript file of LPIPS, likewise.")
  private String lpips;

  @Option(
      names = "--save",
      split = ",",
      paramLabel = "KIND",
      description =
          "Also keep predictions (files that can be scored), overlays (pictures of them), video "
              + "(input, truth, fixed and online side by side), or several with commas; see "
              + "docs/predictions.md. A unit is done only with them; rows and ids are the same.")
  private List<SaveKind> save = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    SweepThenReport job =
        new SweepThenReport(run.of(spec).lookingWith(new FeatureFiles(inception, lpips)));
    return job.run(sweep.request(), scheduling.scheduling(), output, SaveKind.set(save), report)
        ? 0
        : 1;
  }
}
