package io.videottt.jobs.cli;

import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.export.ExportFormat;
import io.videottt.jobs.export.ExportJob;
import io.videottt.jobs.runtime.HadoopSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what was measured where other programs read it. */
@Command(
    name = "export",
    description = {
      "Writes training logs and the results of sweeps for TensorBoard (event files), MLflow (the "
          + "folder of a file store) or as tidy tables (frames.csv, training.csv).",
      "The same folders give the same files every time; each appears whole, and what an earlier "
          + "export wrote and this one does not is removed."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt export --to tensorboard --from runs/demo --from runs/demo-model --output runs/board",
      "  tensorboard --logdir runs/board"
    })
public final class ExportCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "tensorboard, mlflow or csv.")
  private ExportFormat format;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "Output folder of sweeps or of a training, any Hadoop path; may be repeated.")
  private List<String> sources;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write to: new, empty, or one that an export has written.")
  private String output;

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = HadoopSettings.standard();
    OutputPlace.requireFolder(output, "--output", hadoop);
    ExportJob job = new ExportJob(spec.commandLine().getOut(), hadoop);
    return job.run(sources, format, output) ? 0 : 1;
  }
}
