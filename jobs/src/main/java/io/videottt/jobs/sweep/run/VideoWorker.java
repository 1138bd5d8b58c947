package io.videottt.jobs.sweep.run;

import ai.djl.Device;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.PreviewRenderer;
import io.videottt.adaptation.stream.AdaptationCheckpoints;
import io.videottt.adaptation.stream.AdaptationRunner;
import io.videottt.adaptation.stream.FrameSink;
import io.videottt.adaptation.stream.TaskOutcome;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.data.DataIds;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.VideoPreviews;
import io.videottt.jobs.results.ExecutionSite;
import io.videottt.jobs.results.FailureRecord;
import io.videottt.jobs.results.MetricsFile;
import io.videottt.jobs.results.MetricsFiles;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.runtime.MachineLoad;
import io.videottt.jobs.runtime.StopSignals;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.SweepContext;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import io.videottt.model.features.FeatureNetworks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a video's units on an executor, one group after another. A model is loaded once per Spark
 * task and used by all units that need it; a group's failure is recorded for each of its units and
 * the next group runs.
 */
final class VideoWorker {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(VideoWorker.class);

  private final SweepContext run;
  private final Configuration hadoop;
  private final Consumer<VideoProgress> progress;
  private final ResultsFolder results;

  /** Of the networks that look at predicted colours. */
  private Map<String, String> features = Map.of();

  /** Id of the task's data; null before it is needed. */
  private String videoData;

  /**
   * @param run what all tasks have in common
   * @param hadoop how to reach data, models and results
   * @param progress hears after every frame how far a task is
   */
  VideoWorker(SweepContext run, Configuration hadoop, Consumer<VideoProgress> progress) {
    this.run = run;
    this.hadoop = hadoop;
    this.progress = progress;
    this.results = new ResultsFolder(run.output(), hadoop);
  }

  /** Runs the units of a task that have no results yet. */
  List<UnitCompletion> run(VideoWork task) throws IOException {
    Device device = DeviceChoice.resolve(run.device());
    LOG.info(
        "video {} on {}, GPUs assigned by Spark: {}",
        task.video(),
        DeviceChoice.name(device),
        DeviceChoice.assignedGpus());
    ProgressReporter reporter = new ProgressReporter(task, progress);
    List<UnitCompletion> reports = new ArrayList<>();
    try (FeatureNetworks networks = networks(task, device);
        ModelPool models =
            new ModelPool(
                hadoop,
                device,
                task.dataset().classes(),
                usualTraining(task),
                this::training,
                networks)) {
      features = networks.fingerprints();
      for (AdaptationWork group : task.groups()) {
        List<UnitCompletion> ended = run(task, group, models, device, reporter);
        reports.addAll(ended);
        reporter.ended(group, (int) ended.stream().filter(UnitCompletion::failed).count());
      }
    } catch (IOException e) {
      if (isCancellation(e)) {
        throw e;
      }
      // Spark tries the task again, and gives up the sweep when that does not help.
      throw new InvalidInputException(
          "%s: cannot be written to (%s); when that is mended, the same command goes on"
              .formatted(results.root(), FailureMessages.describe(e)),
          e);
    }
    return reports;
  }

  private FeatureNetworks networks(VideoWork task, Device device) {
    return task.units().stream().anyMatch(unit -> unit.task() == Task.COLORIZATION)
        ? FeatureNetworks.load(run.features(), hadoop, device)
        : FeatureNetworks.NONE;
  }

  private static String usualTraining(VideoWork task) {
    return task.units().stream()
        .filter(unit -> unit.method().needs().trainingImages())
        .map(unit -> unit.adaptation().trainingImages())
        .findFirst()
        .orElse("");
  }

  private List<Video> training(String name, boolean gray) {
    Set<Task> seen = gray ? Set.of(Task.COLORIZATION) : Set.of();
    return run.training(name)
        .map(of -> DataSet.of(of.dataset(), hadoop).videos(of.split(), seen))
        .orElse(List.of());
  }

  private List<UnitCompletion> run(
      VideoWork task,
      AdaptationWork group,
      ModelPool models,
      Device device,
      ProgressReporter reporter)
      throws IOException {
    long start = System.nanoTime();
    Map<Unit, String> failures = new HashMap<>();
    // A retried task finds what it committed before.
    List<Unit> missing = unfinished(group.units());
    if (!missing.isEmpty()) {
      try {
        for (Unit unit : missing) {
          // One that has rows lacks predictions only: how it went stays written.
          if (!results.isFinished(unit)) {
            results.commitUnit(unit.id(), unit.description(), run.id());
          }
        }
        adapt(task, group.of(missing), data(task, group.adaptation()), models, device, reporter);
      } catch (RuntimeException e) {
        if (isCancellation(e)) {
          throw e;
        }
        models.discard(group.adaptation());
        // Data or model may be mended before the next attempt, which must not go on from here.
        checkpoints(group, DataIds.UNKNOWN).remove();
        String failure = FailureMessages.describe(e);
        for (Unit unit : commitFailures(missing, e)) {
          failures.put(unit, failure);
        }
      } catch (IOException e) {
        if (!isCancellation(e)) {
          recordWherePossible(missing, e);
        }
        throw e;
      }
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND / group.units().size();
    return group.units().stream()
        .map(unit -> new UnitCompletion(unit, seconds, failures.getOrDefault(unit, "")))
        .toList();
  }

  private void recordWherePossible(List<Unit> units, IOException e) {
    try {
      commitFailures(units, e);
    } catch (IOException unwritten) {
      e.addSuppressed(unwritten);
    }
  }

  /** Records why those that have no results failed; returns them. */
  private List<Unit> commitFailures(List<Unit> units, Exception e) throws IOException {
    List<Unit> failed = unfinished(units);
    for (Unit unit : failed) {
      results.commitFailure(unit.id(), FailureRecord.json(unit, e, hostName()), run.id());
    }
    return failed;
  }

  private SavedPredictions saved() throws IOException {
    return new SavedPredictions(results, hadoop);
  }

  private List<Unit> unfinished(List<Unit> units) throws IOException {
    List<Unit> unfinished = new ArrayList<>();
    for (Unit unit : units) {
      boolean kept = run.save().isEmpty() || saved().isWhole(unit, run.save());
      if (!kept || !results.isFinished(unit)) {
        unfinished.add(unit);
      }
    }
    return unfinished;
  }

  /** What a unit is computed on: remembered before its first frame. */
  private DataIds data(VideoWork task, Adaptation adaptation) throws IOException {
    if (videoData == null) {
      videoData = TaskData.remember(task, results, hadoop, run.id());
    }
    String training =
        adaptation.method().needs().trainingImages()
            ? run.trainingData().getOrDefault(adaptation.trainingImages(), "")
            : "";
    return new DataIds(videoData, training);
  }

  private void adapt(
      VideoWork task,
      AdaptationWork group,
      DataIds data,
      ModelPool models,
      Device device,
      ProgressReporter reporter)
      throws IOException {
    Video video =
        DataSet.of(task.dataset(), hadoop).video(task.split(), task.video(), group.tasks());
    ExecutionSite site = new ExecutionSite(hostName(), DeviceChoice.name(device));
    Adaptation adaptation = group.adaptation();
    PredictedClasses classes = PredictedClasses.of(task.dataset());
    AdaptationCheckpoints checkpoints = checkpoints(group, data);
    PredictionSaver saver =
        new PredictionSaver(group.units(), video, classes, run.save(), results, run.id(), hadoop);
    new TruthSaver(results, run, hadoop).save(task, group.tasks(), classes, data.video());
    Map<Unit, OptionalDouble> before = PredictionSaver.means(withRows(group.units()), results);
    PreviewRenderer previews =
        new VideoPreviews(video, classes, adaptation.method() == Methods.MAE_JOINT_TRAINING);
    try (MetricsFiles files = new MetricsFiles()) {
      for (Unit unit : group.units()) {
        files.add(
            unit.task(),
            new MetricsFile(unit, data, task.dataset().classes(), site, results, run.id(), hadoop));
      }
      AdaptationRunner runner = models.runnerFor(adaptation);
      runner.warmUp(
          video,
          group.tasks(),
          adaptation.method(),
          adaptation.settings(),
          adaptation.randomSeed());
      reporter.started(group);
      LOG.info("adaptation {} starts", adaptation.id());
      Map<Task, TaskOutcome> outcomes =
          runner.run(
              video,
              group.tasks(),
              adaptation.method(),
              adaptation.settings(),
              adaptation.randomSeed(),
              checkpoints,
              new UnitSink(adaptation.id(), files, reporter, saver, saver.after(previews)));
      for (Unit unit : group.units()) {
        saver.commit(
            unit, outcomes.get(unit.task()), before.getOrDefault(unit, OptionalDouble.empty()));
        files.of(unit.task()).commit();
        if (!before.containsKey(unit)) {
          String description =
              unit.description(
                  outcomes.get(unit.task()),
                  files.of(unit.task()).seconds(),
                  MachineLoad.now(),
                  data);
          results.commitUnit(unit.id(), description, run.id());
        }
        results.clearFailure(unit.id());
      }
      saver.clean();
      checkpoints.remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("the task was interrupted");
    }
  }

  /** State of other data is state of another unit. */
  private AdaptationCheckpoints checkpoints(AdaptationWork group, DataIds data) {
    Map<String, String> identity = new HashMap<>(group.adaptation().identity());
    identity.put("data", data.video());
    identity.put("training data", data.training());
    if (group.tasks().contains(Task.COLORIZATION)) {
      // Frames that other networks, or none, have looked at are not gone on from.
      features.forEach((use, network) -> identity.put(use + " network", network));
    }
    if (!run.save().isEmpty()) {
      // Frames before such a checkpoint have their files, which those of others need not have.
      identity.put("saved", run.save().toString());
    }
    return AdaptationCheckpoints.in(
        results.checkpoints(group), hadoop, identity, run.checkpointInterval(), LOG::warn);
  }

  private List<Unit> withRows(List<Unit> units) throws IOException {
    List<Unit> finished = new ArrayList<>();
    for (Unit unit : units) {
      if (results.isFinished(unit)) {
        finished.add(unit);
      }
    }
    return finished;
  }

  private record UnitSink(
      String unit,
      MetricsFiles files,
      ProgressReporter reporter,
      PredictionSaver saver,
      PreviewRenderer previews)
      implements FrameSink {

    @Override
    public void resumed(int position) {
      LOG.info("adaptation {} goes on from its checkpoint at {}", unit, position);
    }

    @Override
    public void accept(FrameResult frame) {
      requireRunning();
      files.write(frame);
      saver.frame(frame);
      reporter.frame(frame);
    }

    @Override
    public void training(int iteration, int iterations) {
      requireRunning();
      saver.training(iteration);
      reporter.training(iteration, iterations);
    }

    @Override
    public void candidate(Task task, int best) {
      saver.best(task, best);
    }

    private static void requireRunning() {
      TaskContext context = TaskContext.get();
      if (context != null && context.isInterrupted()) {
        throw new TaskKilledException("the task was cancelled");
      }
    }
  }

  private static boolean isCancellation(Exception e) {
    TaskContext context = TaskContext.get();
    return e instanceof TaskKilledException
        || StopSignals.received()
        || Thread.currentThread().isInterrupted()
        || context != null && context.isInterrupted();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
