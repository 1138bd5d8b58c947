package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.report.ReportWriter;
import io.videottt.jobs.report.TableFiles;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.RunContext;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.Scheduling;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.run.SweepSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Runs the units of a sweep that have no results yet and writes the report. */
final class SweepThenReport {

  private static final String TABLES = "tables";

  private final RunContext options;

  SweepThenReport(RunContext options) {
    this.options = options;
  }

  /**
   * Runs what is missing, and writes the report and prints its tables.
   *
   * @param request the sweep
   * @param scheduling tasks and their order
   * @param output results folder
   * @param save what is kept of predictions
   * @param report whether to write the report, which can be made later, too
   * @return whether every unit of the sweep has results
   * @throws InvalidInputException when file, data, models or output cannot be used; nothing ran
   *     then
   */
  boolean run(
      SweepRequest request,
      Scheduling scheduling,
      String output,
      Set<SaveKind> save,
      boolean report)
      throws IOException {
    DeviceChoice.check(options.device());
    Configuration hadoop = HadoopSettings.of(options.spark());
    OutputPlace.requireFolder(output, "--output", hadoop);
    SweepPlanner planner = new SweepPlanner(request, hadoop);
    SweepPlan plan = planner.plan();
    String config = request.config().toString();
    try (SweepSession session =
        new SweepSession("sweep", config, planner, scheduling, output, options)) {
      session.force(plan);
      session.run(plan, save);
      boolean compared = !save.contains(SaveKind.VIDEO) || session.compare(plan);
      if (report) {
        writeReport(session.spark(), output, plan);
      }
      return session.printFailures() && compared;
    }
  }

  private void writeReport(SparkSession spark, String output, SweepPlan plan) throws IOException {
    String folder = output + "/" + TABLES;
    ReportWriter report = new ReportWriter(spark, options.out());
    if (!report.write(output, Optional.of(plan.labels()), folder)) {
      // What an earlier sweep has left there is not this one's.
      new TableFiles(folder, spark.sparkContext().hadoopConfiguration()).write(List.of());
    }
  }
}
