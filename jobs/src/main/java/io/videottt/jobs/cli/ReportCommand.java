package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.locality.StoredLocality;
import io.videottt.jobs.report.FigureJob;
import io.videottt.jobs.report.ReportWriter;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.SparkSessions;
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
public final class ReportCommand implements Callable<Integer> {

  /** Browsers give up on larger pages. */
  private static final int MOST_MEGABYTES = 200;

  /** A page of more is no page to read. */
  private static final int MOST_FIGURE_VIDEOS = 1000;

  private static final double BYTES_PER_MEGABYTE = 1e6;

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

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

  @Option(
      names = "--page-budget",
      defaultValue = "8",
      paramLabel = "MB",
      description =
          "What pictures of frames may take in the page, 0 to 200, 0 for none (default: "
              + "${DEFAULT-VALUE}). What does not fit is thinned evenly, and the page says so.")
  private double pageBudget;

  @Option(
      names = "--figure-videos",
      defaultValue = "" + FigureJob.MOST_VIDEOS,
      paramLabel = "N",
      description =
          "Videos of each split that get figures over time, the first by their ids, 1 to 1000 "
              + "(default: ${DEFAULT-VALUE}). The page names those that get none.")
  private int figureVideos;

  @Option(
      names = "--locality",
      paramLabel = "DIR",
      description = {
        "Output folder of ttt locality on the same videos and models: draws every video's gain",
        "against the cosine of the two losses' gradients there."
      })
  private String locality;

  @Override
  public Integer call() throws IOException {
    long bytes = pictureBytes();
    if (figureVideos < 1 || figureVideos > MOST_FIGURE_VIDEOS) {
      throw new InvalidInputException(
          "--figure-videos is %d, expected 1 to %d".formatted(figureVideos, MOST_FIGURE_VIDEOS));
    }
    OutputPlace.requireFolder(output, "--output", HadoopSettings.of(spark.settings()));
    try (SparkSession session = SparkSessions.start("report", spark.settings())) {
      ReportWriter writer = new ReportWriter(session, spec.commandLine().getOut(), bytes);
      writer.drawVideos(figureVideos);
      if (locality != null) {
        writer.drawAgainst(
            StoredLocality.cosines(locality, session.sparkContext().hadoopConfiguration()));
      }
      if (!writer.write(results, Optional.empty(), output)) {
        throw new InvalidInputException(
            "%s: no results there; give the output folder of a sweep with --results"
                .formatted(results));
      }
      return writer.leftOut() == 0 ? 0 : 1;
    }
  }

  private long pictureBytes() {
    if (!(pageBudget >= 0 && pageBudget <= MOST_MEGABYTES)) {
      throw new InvalidInputException(
          "--page-budget is %s, expected 0 to %d".formatted(pageBudget, MOST_MEGABYTES));
    }
    return Math.round(pageBudget * BYTES_PER_MEGABYTE);
  }
}
