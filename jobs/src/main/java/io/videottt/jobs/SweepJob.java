package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import io.videottt.reports.PaperTables;
import io.videottt.reports.Table;
import io.videottt.reports.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Runs the units of a sweep that have no results yet: one Spark job without shuffle or cache, whose
 * tasks are videos or, with {@link TaskSplit#UNIT}, adaptations.
 */
final class SweepJob {

  private static final String TABLES = "tables";
  private static final double NANOS_PER_SECOND = 1e9;

  /** After Spark's own hook (40), which stops the tasks, and before the file systems' (10). */
  private static final int CLEAN_UP_PRIORITY = 20;

  private final PrintWriter out;
  private final PrintWriter err;
  private final SparkOptions options;
  private final String device;
  private final Duration checkpointInterval;

  SweepJob(
      PrintWriter out,
      PrintWriter err,
      SparkOptions options,
      String device,
      Duration checkpointInterval) {
    this.out = out;
    this.err = err;
    this.options = options;
    this.device = device;
    this.checkpointInterval = checkpointInterval;
  }

  /**
   * Runs what is missing and prints the tables.
   *
   * @param request the sweep
   * @param scheduling tasks and their order
   * @param output results folder
   * @return whether every unit of the sweep has results
   * @throws InvalidInputException when file, data, models or output cannot be used; nothing ran
   *     then
   */
  boolean run(SweepRequest request, SchedulingOptions scheduling, String output)
      throws IOException {
    DeviceChoice.check(device);
    Configuration hadoop = HadoopSettings.of(options);
    SweepPlanner planner = new SweepPlanner(request, hadoop);
    SweepPlan assumed = planner.plan();
    if (scheduling.results().isPresent()) {
      MeasuredCosts.requireResults(scheduling.results().get(), hadoop);
    }
    SweepRun run = planner.run("run-" + UUID.randomUUID(), output, device, checkpointInterval);
    ResultsFolder results = new ResultsFolder(output, hadoop);
    results.prepare(run.id());
    Runnable cleanUp = () -> removeTemporary(results, run.id());
    ShutdownHookManager.get().addShutdownHook(cleanUp, CLEAN_UP_PRIORITY);
    try (SparkSession spark = SparkSessions.start("sweep", options)) {
      CostModel costs = costs(spark, scheduling);
      SweepPlan plan = assumed.costed(costs).split(scheduling.split());
      String costSource = costs.describe(plan.groups());
      err.println("costs " + costSource);
      planner.leftOut().forEach(err::println);
      results.commitPlan(
          StoredPlan.of(plan, request.config().toString(), costSource, Instant.now()), run.id());
      SweepPlan missing = plan.without(results.finished());
      int known = plan.units().size() - missing.units().size();
      err.printf(
          "%d units on %d videos, %d done before%n",
          plan.units().size(), assumed.tasks().size(), known);
      err.flush();
      List<UnitReport> reports =
          missing.tasks().isEmpty() ? List.of() : execute(spark, missing, run, hadoop);
      removeCheckpoints(results, plan);
      writeTables(spark, output, plan);
      return printFailures(reports, output);
    } finally {
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(cleanUp);
      }
      removeTemporary(results, run.id());
    }
  }

  private static CostModel costs(SparkSession spark, SchedulingOptions scheduling)
      throws IOException {
    return scheduling.results().isPresent()
        ? MeasuredCosts.read(spark, scheduling.results().get())
        : AssumedCosts.UNIT;
  }

  private List<UnitReport> execute(
      SparkSession spark, SweepPlan plan, SweepRun run, Configuration hadoop) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ProgressAccumulator accumulator = new ProgressAccumulator();
    spark.sparkContext().register(accumulator, SweepProgress.ACCUMULATOR);
    ProgressLine line = ProgressLine.on(err);
    SweepProgress progress = new SweepProgress(line, plan.units().size(), plan.cost());
    spark.sparkContext().addSparkListener(progress);
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    long start = System.nanoTime();
    List<UnitReport> reports =
        context
            .parallelize(plan.tasks(), plan.tasks().size())
            .flatMap(
                task ->
                    new VideoTaskRunner(run, configuration.value(), accumulator)
                        .run(task)
                        .iterator())
            .collect();
    double wall = (System.nanoTime() - start) / NANOS_PER_SECOND;
    spark.sparkContext().removeSparkListener(progress);
    line.end();
    printOverhead(reports, wall, Math.min(context.defaultParallelism(), plan.tasks().size()));
    return reports;
  }

  private void printOverhead(List<UnitReport> reports, double wall, int slots) {
    double units = reports.stream().mapToDouble(UnitReport::seconds).sum();
    err.printf(
        Locale.ROOT,
        "%d units in %s; their seconds add up to %.1f, %.1f per slot (%d slots); the sweep took"
            + " %.1f s of wall clock after Spark's start%n",
        reports.size(),
        ProgressLine.readable(wall),
        units,
        units / slots,
        slots,
        wall);
    err.flush();
  }

  private static void removeCheckpoints(ResultsFolder results, SweepPlan plan) throws IOException {
    Set<String> finished = results.finished();
    results.removeCheckpoints(
        plan.tasks().stream()
            .flatMap(task -> task.groups().stream())
            .filter(group -> group.units().stream().allMatch(u -> finished.contains(u.id())))
            .toList());
  }

  private void writeTables(SparkSession spark, String output, SweepPlan plan) throws IOException {
    PaperTables paper = new ReportJob(spark).tables(output, Optional.of(plan.labels()));
    List<Table> tables = paper.all();
    String folder = output + "/" + TABLES;
    new TableFiles(folder, spark.sparkContext().hadoopConfiguration()).write(tables);
    paper.summary().forEach(table -> out.println(TableFormat.MARKDOWN.render(table)));
    out.printf(
        "%d tables, details of every task among them, written to %s as md, csv and tex%n",
        tables.size(), folder);
    out.flush();
  }

  private boolean printFailures(List<UnitReport> reports, String output) {
    List<UnitReport> failed = reports.stream().filter(UnitReport::failed).toList();
    for (UnitReport report : failed) {
      Unit unit = report.unit();
      err.printf(
          "ttt: failed: %s %s %s %s %s: %s%n",
          unit.dataset(),
          unit.split(),
          unit.video(),
          unit.task().id(),
          unit.method().id(),
          report.failure());
    }
    if (!failed.isEmpty()) {
      err.printf(
          "ttt: %d of %d units failed, reasons in %s/failures; the same command runs them again%n",
          failed.size(), reports.size(), output);
    }
    err.flush();
    return failed.isEmpty();
  }

  private static void removeTemporary(ResultsFolder results, String run) {
    try {
      results.removeTemporary(run);
    } catch (IOException e) {
      // Left-overs below _tmp are invisible to readers and to the next run.
      return;
    }
  }
}
