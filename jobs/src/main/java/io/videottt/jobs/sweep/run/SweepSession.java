package io.videottt.jobs.sweep.run;

import io.videottt.base.Count;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.query.MeasuredCosts;
import io.videottt.jobs.results.LeftRuns;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.RunLease;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.results.StoredPlan;
import io.videottt.jobs.results.UnitFile;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.runtime.RunContext;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.AssumedDevice;
import io.videottt.jobs.sweep.plan.CostModel;
import io.videottt.jobs.sweep.plan.Scheduling;
import io.videottt.jobs.sweep.plan.SettingOrigin;
import io.videottt.jobs.sweep.plan.SweepContext;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.WorkSplit;
import io.videottt.model.features.FeatureNetworks;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Runs the units of plans that have no results yet, without shuffle or cache: a Spark job for each
 * video or, with {@link WorkSplit#ADAPTATION}, each adaptation.
 */
public final class SweepSession implements AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;

  /** After Spark's own hook (40), which stops the tasks, and before the file systems' (10). */
  private static final int CLEAN_UP_PRIORITY = 20;

  private final SweepPlanner planner;
  private final AssumedDevice device;
  private final PrintWriter err;
  private final Configuration hadoop;
  private final String config;
  private final String name;
  private final Scheduling scheduling;
  private final SweepContext run;
  private final ResultsFolder results;
  private final Runnable cleanUp;
  private final SparkSession spark;

  private final List<String> missingVideos;
  private final List<String> leftOut;
  private final Set<SettingOrigin> origins;
  private final DataGuard guard;

  /** Null until the first run, unless the user names a sweep that measured them. */
  private CostModel costs;

  private final List<UnitCompletion> failed = new ArrayList<>();
  private int units;

  /**
   * Checks everything, then starts Spark.
   *
   * @param name of the Spark application
   * @param config name of the sweep file, for {@code ttt status}
   * @param planner knows what is to run
   * @param scheduling tasks and their order
   * @param output results folder
   * @throws InvalidInputException when device, results or output cannot be used
   */
  public SweepSession(
      String name,
      String config,
      SweepPlanner planner,
      Scheduling scheduling,
      String output,
      RunContext options)
      throws IOException {
    this.planner = planner;
    this.device =
        DeviceChoice.expectsGpu(options.device(), options.spark())
            ? AssumedDevice.GPU
            : AssumedDevice.CPU;
    this.err = options.err();
    this.config = config;
    this.name = name + " " + fileName(config);
    this.scheduling = scheduling;
    this.hadoop = HadoopSettings.of(options.spark());
    this.leftOut = planner.leftOut();
    this.missingVideos = planner.missingVideos();
    this.origins = planner.origins();
    DeviceChoice.check(options.device());
    if (scheduling.results().isPresent()) {
      MeasuredCosts.requireResults(scheduling.results().get(), hadoop);
    }
    FeatureNetworks.check(options.features(), hadoop);
    this.run =
        planner
            .run("run-" + UUID.randomUUID(), output, options.device(), options.checkpointInterval())
            .lookingWith(options.features());
    this.results = new ResultsFolder(output, hadoop);
    this.guard = new DataGuard(results, hadoop, options.rerun(), run, err);
    RunLease lease = results.prepare(run.id());
    this.cleanUp =
        () -> {
          lease.close();
          removeTemporary(results, run.id());
        };
    ShutdownHookManager.get().addShutdownHook(cleanUp, CLEAN_UP_PRIORITY);
    SparkSession started = null;
    try {
      removeLeftRuns();
      started = SparkSessions.start(name, options.spark(), SweepMetrics.class);
      if (scheduling.results().isPresent()) {
        costs = MeasuredCosts.read(started, scheduling.results().get());
      }
    } catch (IOException | RuntimeException e) {
      if (started != null) {
        started.close();
      }
      cleanUp();
      throw e;
    }
    this.spark = started;
  }

  public SparkSession spark() {
    return spark;
  }

  /**
   * Forgets the results that the user wants to be computed anew.
   *
   * @param all everything that may run
   */
  public void force(SweepPlan all) throws IOException {
    guard.force(all);
  }

  /**
   * Runs what is missing of a plan.
   *
   * @param videos the plan of whole videos
   */
  public void run(SweepPlan videos) throws IOException {
    run(videos, Set.of());
  }

  /**
   * As above; a unit counts as done only with what is to be kept of its predictions.
   *
   * @param save what is kept
   */
  public void run(SweepPlan videos, Set<SaveKind> save) throws IOException {
    UnitInventory there = inventory();
    if (costs == null) {
      costs = costs(there, videos);
    }
    SweepPlan plan = videos.costed(costs).split(scheduling.split());
    err.println("costs " + costs.describe(plan.groups()));
    leftOut.forEach(err::println);
    UnitInventory inventory = begin(plan, there, save);
    SweepPlan missing = plan.without(done(plan, inventory, save));
    inventory.foreign().ifPresent(err::println);
    sayUnusable(inventory.unusable(missing.units().stream().map(Unit::id).toList()));
    sayWithoutFeatures(plan, missing);
    int known = plan.units().size() - missing.units().size();
    err.printf(
        "%s on %s, %d done before%n",
        Count.of(plan.units().size(), "unit"), Count.of(videos.tasks().size(), "video"), known);
    err.flush();
    if (!missing.tasks().isEmpty()) {
      List<UnitCompletion> reports = execute(missing, save);
      units += reports.size();
      reports.stream().filter(UnitCompletion::failed).forEach(failed::add);
    }
    removeCheckpoints(results, plan);
  }

  /** Results that are there keep what they have: networks that came later have not seen them. */
  private void sayWithoutFeatures(SweepPlan plan, SweepPlan missing) {
    long kept = ofColours(plan) - ofColours(missing);
    if (!run.features().isEmpty() && kept > 0) {
      err.printf(
          "%s of colorization there already, not looked at anew: FID, IS and LPIPS are of the"
              + " networks that these ran with, if any; --force METHOD computes them anew%n",
          Count.of(kept, "unit"));
    }
  }

  private static long ofColours(SweepPlan plan) {
    return plan.units().stream().filter(unit -> unit.task() == Task.COLORIZATION).count();
  }

  private UnitInventory inventory() {
    try {
      return results.inventory();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Writes down what is to come; the results that are there, without those that are outdated. */
  private UnitInventory begin(SweepPlan plan, UnitInventory there, Set<SaveKind> save) {
    try {
      UnitInventory inventory = guard.check(plan, there.sound()) ? results.inventory() : there;
      results.commitPlan(
          StoredPlan.of(plan, config, costs, Instant.now()).with(missingVideos, save, origins),
          run.id());
      for (DataSetDefinition dataSet : plan.dataSets()) {
        results.commitDataSet(StoredDataSet.of(dataSet), run.id());
      }
      return inventory;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private InvalidInputException unusable(IOException reason) {
    return new InvalidInputException(
        "%s: cannot be read or written to (%s); when that is mended, the same command goes on"
            .formatted(results.root(), FailureReason.of(reason)),
        reason);
  }

  /** A file that cannot be used stays where it is until its unit's new one takes its place. */
  private void sayUnusable(List<UnitFile> files) {
    UnitInventory.requireReadable(files);
    if (!files.isEmpty()) {
      err.printf("%s that cannot be used, computed anew%n", Count.of(files.size(), "unit file"));
      UnitInventory.lines(files).forEach(err::println);
    }
  }

  /** By what has run in this folder, where the user names no other. */
  private CostModel costs(UnitInventory there, SweepPlan plan) {
    Optional<MeasuredCosts> measured = MeasuredCosts.of(spark, results, there);
    return measured.isPresent() ? measured.get() : planner.assumedCosts(plan, device);
  }

  /**
   * Makes the videos of what was kept for them, input, truth and predictions beside each other.
   *
   * @param plan whose units were run
   * @return whether all of them could be made
   */
  public boolean compare(SweepPlan plan) throws IOException {
    ComparisonJob.Outcome outcome = new ComparisonJob(results, hadoop, run.id()).run(plan, spark);
    err.printf(
        "%s made, %d there before, in %s/videos%n",
        Count.of(outcome.made(), "video"), outcome.there(), run.output());
    outcome.failures().forEach(failure -> err.println("ttt: " + failure));
    err.flush();
    return outcome.failures().isEmpty();
  }

  /** The units that have rows, and what is to be kept; of those that lack it is told. */
  private Set<String> done(SweepPlan plan, UnitInventory inventory, Set<SaveKind> save)
      throws IOException {
    if (save.isEmpty()) {
      return inventory.units();
    }
    SavedPredictions saved = new SavedPredictions(results, hadoop);
    Set<String> done = new HashSet<>();
    int without = 0;
    for (Unit unit : plan.units()) {
      if (inventory.units().contains(unit.id())) {
        if (saved.isWhole(unit, save)) {
          done.add(unit.id());
        } else {
          without++;
        }
      }
    }
    if (without > 0) {
      err.printf(
          "%s with rows and not all of their %s: computed again for them, the rows stay%n",
          Count.of(without, "unit"),
          save.stream().map(SaveKind::id).collect(Collectors.joining(", ")));
    }
    return done;
  }

  private List<UnitCompletion> execute(SweepPlan plan, Set<SaveKind> save) throws IOException {
    ProgressAccumulator accumulator = new ProgressAccumulator();
    spark.sparkContext().register(accumulator, ProgressAccumulator.NAME);
    ProgressLine line = ProgressLine.on(err);
    SweepProgress progress = new SweepProgress(line, plan.units().size(), plan.cost());
    spark.sparkContext().addSparkListener(progress);
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    SweepContext common = run.remembering(guard.trainingData(plan)).saving(save);
    long start = System.nanoTime();
    List<UnitCompletion> reports =
        new VideoJobs(spark, VideoJobs.group(name, plan.tasks()))
            .run(
                plan.tasks(),
                task ->
                    new VideoWorker(common, configuration.value(), accumulator::add)
                        .run(task)
                        .iterator());
    double wall = (System.nanoTime() - start) / NANOS_PER_SECOND;
    spark.sparkContext().removeSparkListener(progress);
    line.end();
    printOverhead(
        reports, wall, Math.min(spark.sparkContext().defaultParallelism(), plan.tasks().size()));
    return reports;
  }

  private void printOverhead(List<UnitCompletion> reports, double wall, int slots) {
    double units = reports.stream().mapToDouble(UnitCompletion::seconds).sum();
    err.printf(
        Locale.ROOT,
        "%s in %s; their seconds add up to %.1f, %.1f per slot (%s); the sweep took"
            + " %.1f s of wall clock after Spark's start%n",
        Count.of(reports.size(), "unit"),
        ProgressLine.readable(wall),
        units,
        units / slots,
        Count.of(slots, "slot"),
        wall);
    err.flush();
  }

  private static void removeCheckpoints(ResultsFolder results, SweepPlan plan) throws IOException {
    Set<String> there =
        results.metricsFiles().stream().map(Path::getName).collect(Collectors.toSet());
    results.removeCheckpoints(
        plan.groups().stream()
            .filter(group -> group.units().stream().allMatch(u -> there.contains(fileName(u))))
            .toList());
  }

  /** Of a sweep file, without its ending. */
  private static String fileName(String config) {
    return new Path(config).getName().replaceFirst("[.][A-Za-z]+$", "");
  }

  private static String fileName(Unit unit) {
    return unit.id() + ResultsFolder.PARQUET;
  }

  /**
   * Says which units failed since the session began, and which videos none were made of.
   *
   * @return whether there are neither
   */
  public boolean printFailures() {
    for (UnitCompletion report : failed) {
      Unit unit = report.unit();
      err.printf(
          "ttt: failed: %s %s %s %s %s: %s%n",
          unit.dataset(),
          unit.split(),
          Printable.line(unit.video()),
          unit.task().id(),
          unit.method().id(),
          report.failure());
    }
    if (!failed.isEmpty()) {
      err.printf(
          "ttt: %d of %s failed, reasons in %s/failures; the same command runs them again%n",
          failed.size(), Count.of(units, "unit"), run.output());
    }
    missingVideos.forEach(video -> err.println("ttt: " + video));
    err.flush();
    return failed.isEmpty() && missingVideos.isEmpty();
  }

  @Override
  public void close() {
    try {
      spark.stop();
    } finally {
      cleanUp();
    }
  }

  private void cleanUp() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(cleanUp);
    }
    cleanUp.run();
  }

  private void removeLeftRuns() throws IOException {
    for (LeftRuns.Run left : results.removeLeftRuns(run.id())) {
      err.printf(
          "removed what %s has left, which was killed: %s, %.1f MB%n",
          left.run(), Count.of(left.unfinished(), "unfinished file"), left.bytes() / 1e6);
    }
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
