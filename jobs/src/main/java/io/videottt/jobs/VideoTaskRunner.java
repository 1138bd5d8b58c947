package io.videottt.jobs;

import ai.djl.Device;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.FrameResult;
import io.videottt.adaptation.FrameSink;
import io.videottt.adaptation.UnitOutcome;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.Video;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Runs one video's units on an executor, one after another. A model is loaded once per task and
 * used by all units that need it; a unit's own failure is recorded and the next one runs.
 */
final class VideoTaskRunner {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SweepRun run;
  private final Configuration hadoop;
  private final ProgressAccumulator progress;
  private final ResultsFolder results;

  VideoTaskRunner(SweepRun run, Configuration hadoop, ProgressAccumulator progress) {
    this.run = run;
    this.hadoop = hadoop;
    this.progress = progress;
    this.results = new ResultsFolder(run.output(), hadoop);
  }

  /** Runs the units of a task that have no results yet. */
  List<UnitReport> run(VideoTask task) throws IOException {
    Device device = DeviceChoice.resolve(run.device());
    TaskReporter reporter = new TaskReporter(task, progress);
    List<UnitReport> reports = new ArrayList<>();
    try (LoadedModels models =
        new LoadedModels(hadoop, device, task.dataset().classes(), trainingVideos())) {
      for (Unit unit : task.units()) {
        reports.add(run(task, unit, models, device, reporter));
        reporter.ended(unit);
      }
    }
    return reports;
  }

  private List<Video> trainingVideos() {
    return run.training()
        .map(definition -> DataSet.of(definition, hadoop).videos(run.trainingSplit()))
        .orElse(List.of());
  }

  private UnitReport run(
      VideoTask task, Unit unit, LoadedModels models, Device device, TaskReporter reporter)
      throws IOException {
    long start = System.nanoTime();
    String failure = "";
    // A retried task finds what it committed before.
    if (!results.isFinished(unit)) {
      try {
        results.commitUnit(unit.id(), unit.description(null), run.id());
        adapt(task, unit, models, device, reporter);
        results.clearFailure(unit.id());
      } catch (RuntimeException e) {
        if (isCancellation(e)) {
          throw e;
        }
        models.discard(unit);
        failure = FailureMessages.describe(e);
        results.commitFailure(unit.id(), failureRecord(unit, e, failure), run.id());
      }
    }
    return new UnitReport(unit, (System.nanoTime() - start) / NANOS_PER_SECOND, failure);
  }

  private void adapt(
      VideoTask task, Unit unit, LoadedModels models, Device device, TaskReporter reporter)
      throws IOException {
    Video video =
        DataSet.of(task.dataset(), hadoop).video(task.split(), task.video(), Set.of(unit.task()));
    ExecutionSite site = new ExecutionSite(hostName(), DeviceChoice.name(device));
    try (MetricsFile file =
        new MetricsFile(unit, task.dataset().classes(), site, results, run.id(), hadoop)) {
      reporter.started(unit);
      UnitOutcome outcome =
          models
              .runnerFor(unit)
              .run(
                  video,
                  Set.of(unit.task()),
                  unit.method(),
                  unit.settings(),
                  unit.randomSeed(),
                  new UnitSink(file, reporter))
              .get(unit.task());
      file.commit();
      results.commitUnit(unit.id(), unit.description(outcome), run.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("the task was interrupted");
    }
  }

  private record UnitSink(MetricsFile file, TaskReporter reporter) implements FrameSink {

    @Override
    public void accept(FrameResult frame) {
      requireRunning();
      file.write(frame);
      reporter.frame(frame);
    }

    @Override
    public void training(int iteration, int iterations) {
      requireRunning();
      reporter.training(iteration, iterations);
    }

    private static void requireRunning() {
      TaskContext context = TaskContext.get();
      if (context != null && context.isInterrupted()) {
        throw new TaskKilledException("the task was cancelled");
      }
    }
  }

  private static boolean isCancellation(RuntimeException e) {
    TaskContext context = TaskContext.get();
    return e instanceof TaskKilledException
        || Thread.currentThread().isInterrupted()
        || context != null && context.isInterrupted();
  }

  private static String failureRecord(Unit unit, RuntimeException e, String reason) {
    Map<String, Object> failure = new TreeMap<>();
    failure.put("unit_id", unit.id());
    failure.put("dataset", unit.dataset());
    failure.put("split", unit.split());
    failure.put("video", unit.video());
    failure.put("method", unit.method().id());
    failure.put("reason", reason);
    failure.put("exception", e.getClass().getName());
    failure.put("host", hostName());
    failure.put("time", Instant.now().toString());
    try {
      return MAPPER.writeValueAsString(failure);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a map of plain values is always JSON", impossible);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
