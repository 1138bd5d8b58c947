package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes tables, figures and the page from a results folder. */
@Command(
    name = "report",
    description = {
      "Writes tables, figures and one page from a sweep's results.",
      "Tables 1, 2 and 4, of single videos and of classes, as Markdown, CSV and "
          + "LaTeX; figures as SVG and PNG; all of it as one page, index.html, which needs "
          + "no network. Three protocols, seconds per frame, and the difference to the "
          + "fixed model with its intervals."
    },
    footer = {"", "Example:", "  ./ttt report --results runs/camvid --output runs/camvid/tables"})
final class ReportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private SparkOptions spark;
  @Spec private CommandSpec spec;

  @Option(
      names = "--results",
      required = true,
      paramLabel = "DIR",
      description = "Output folder of a sweep, any Hadoop path.")
  private String results;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for tables, figures and page, any Hadoop path.")
  private String output;

  @Override
  public Integer call() throws IOException {
    try (SparkSession session = SparkSessions.start("report", spark)) {
      ReportWriter writer = new ReportWriter(session, spec.commandLine().getOut());
      if (!writer.write(results, Optional.empty(), output)) {
        throw new InvalidInputException(
            "%s: no results there; give the output folder of a sweep with --results"
                .formatted(results));
      }
      return writer.leftOut() == 0 ? 0 : 1;
    }
  }
}
