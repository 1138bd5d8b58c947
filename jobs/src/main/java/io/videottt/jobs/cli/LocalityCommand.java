package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.locality.LocalityJob;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Estimates the best window size and prints it beside the measured one. */
@Command(
    name = "locality",
    description = {
      "Estimates the constants of the paper's bound on the window size.",
      "Prints, for a sweep's videos, the predicted best window beside the one "
          + "measured in a results folder."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt locality --config conf/sweeps/figure4.yaml --results runs/figure4 \\",
      "    --output runs/figure4/locality --master local[2]"
    })
public final class LocalityCommand implements Callable<Integer> {

  private static final int MOST_FRAMES = 100_000;
  private static final int MOST_MASKS = 1000;

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private SweepOptions sweep;
  @Mixin private SparkOptions spark;
  @Mixin private DeviceOption device;
  @Spec private CommandSpec spec;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Output folder of a sweep over window sizes; without it nothing is measured.")
  private String results;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the table, any Hadoop path.")
  private String output;

  @Option(
      names = "--frames",
      defaultValue = "20",
      paramLabel = "N",
      description = "Frames to sample per video, evenly spread (default: ${DEFAULT-VALUE}).")
  private int frames;

  @Option(
      names = "--masks",
      defaultValue = "4",
      paramLabel = "N",
      description =
          "Random masks that a frame's self-supervised gradient is averaged over (default: "
              + "${DEFAULT-VALUE}).")
  private int masks;

  @Override
  public Integer call() throws IOException {
    if (frames < 2 || frames > MOST_FRAMES || masks < 1 || masks > MOST_MASKS) {
      throw new InvalidInputException(
          "--frames must be 2 to %d and --masks 1 to %d, but they are %d and %d"
              .formatted(MOST_FRAMES, MOST_MASKS, frames, masks));
    }
    LocalityJob job =
        new LocalityJob(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            spark.settings(),
            device.device(),
            frames,
            masks);
    return job.run(sweep.request(), Optional.ofNullable(results), output) ? 0 : 1;
  }
}
