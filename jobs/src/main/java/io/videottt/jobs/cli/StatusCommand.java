package io.videottt.jobs.cli;

import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.WholeFile;
import io.videottt.jobs.status.StatusReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how far the sweeps of an output folder are; reads files only. */
@Command(
    name = "status",
    description = {
      "Tells which units of a sweep are done, failed (and why), running or missing.",
      "Also the computing of frames that is left; loading models and saving predictions come on "
          + "top. A running unit shows when it began and its last checkpoint."
    },
    footer = {"", "Example:", "  ./ttt status --output runs/camvid"})
public final class StatusCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output folder of a sweep, any Hadoop path.")
  private String output;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write every unit's state as JSON; any Hadoop path.")
  private String json;

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = HadoopSettings.standard();
    Optional<WholeFile> file = WholeFile.of(json, "--json", hadoop);
    StatusReport report = StatusReport.of(output, hadoop, Instant.now());
    report.print(spec.commandLine().getOut());
    file.ifPresent(whole -> whole.write(report.json()));
    return 0;
  }
}
