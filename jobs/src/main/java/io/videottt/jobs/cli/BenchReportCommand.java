package io.videottt.jobs.cli;

import com.sun.management.OperatingSystemMXBean;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.bench.GeneratedResults;
import io.videottt.jobs.report.ReportWriter;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.ResidentMemory;
import io.videottt.jobs.runtime.SparkSessions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the report on generated results. */
@Command(
    name = "bench-report",
    description = {
      "Times the report on results that nobody measured.",
      "Writes what is missing of them to --output, then makes the whole report. "
          + "Seconds of wall clock and of all processors, without Spark's start, and the "
          + "process's highest resident size: run it twice, since writing takes memory, "
          + "too."
    },
    footer = {
      "",
      "Example:",
      "  TTT_JAVA_OPTIONS=-Xmx3g ./ttt bench-report --rows 1000000 --output runs/generated \\",
      "      --master local[2]"
    })
public final class BenchReportCommand implements Callable<Integer> {

  private static final long MOST_ROWS = 1_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private SparkOptions spark;
  @Spec private CommandSpec spec;

  @Option(
      names = "--rows",
      required = true,
      paramLabel = "N",
      description = "Frame rows, all methods together.")
  private long rows;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the generated results and their report, any Hadoop path.")
  private String output;

  @Option(
      names = "--task",
      defaultValue = "semantic",
      paramLabel = "TASK",
      description = "semantic, panoptic or instance (default: ${DEFAULT-VALUE}).")
  private Task task;

  @Option(
      names = "--frames",
      defaultValue = "5000",
      paramLabel = "N",
      description = "Frames of a video, the rows of a file (default: ${DEFAULT-VALUE}).")
  private int frames;

  @Override
  public Integer call() throws IOException {
    if (rows < 100 || rows > MOST_ROWS) {
      throw new InvalidInputException(
          "--rows is %d, expected 100 to %d".formatted(rows, MOST_ROWS));
    }
    if (frames < 1) {
      throw new InvalidInputException("--frames is %d, expected 1 or more".formatted(frames));
    }
    OutputPlace.requireFolder(output, "--output", HadoopSettings.of(spark.settings()));
    long start = System.nanoTime();
    long written =
        new GeneratedResults(output, HadoopSettings.of(spark.settings()), task, frames).write(rows);
    print("rows", written);
    print("seconds_write", seconds(start));
    try (SparkSession session = SparkSessions.start("bench-report", spark.settings())) {
      start = System.nanoTime();
      double processor = processorSeconds();
      new ReportWriter(session, spec.commandLine().getOut())
          .write(output, Optional.empty(), output + "/report");
      print("seconds_report", seconds(start));
      print("processor_seconds_report", processorSeconds() - processor);
    }
    print("peak_memory_mb", ResidentMemory.peakMegabytes());
    return 0;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  /** Of all threads: what counts where other processes share the cores. */
  private static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime() / NANOS_PER_SECOND
        : Double.NaN;
  }

  private void print(String name, double value) {
    var out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%-32s %10.1f%n", name, value);
    out.flush();
  }
}
