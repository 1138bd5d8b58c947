package io.videottt.jobs.sweep.run;

import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.base.Task;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells how far a task is. */
final class ProgressReporter {

  private static final double NANOS_PER_SECOND = 1e9;

  private final VideoWork task;
  private final String name;
  private final Consumer<VideoProgress> progress;
  private long sequence = System.currentTimeMillis();
  private int endedUnits;
  private int failedUnits;
  private long endedFrames;
  private double endedSeconds;
  private double endedCost;
  private final Map<Task, DoubleSummaryStatistics> values = new EnumMap<>(Task.class);
  private long startNanos;
  private AdaptationWork group;
  private int results;
  private int frames;
  private VideoProgress.Loss loss = VideoProgress.Loss.NONE;

  ProgressReporter(VideoWork task, Consumer<VideoProgress> progress) {
    this.task = task;
    this.name = task.groups().get(0).adaptation().id();
    this.progress = progress;
  }

  void started(AdaptationWork next) {
    group = next;
    startNanos = System.nanoTime();
    results = 0;
    frames = 0;
    loss = VideoProgress.Loss.NONE;
    values.clear();
    group.tasks().forEach(predicted -> values.put(predicted, new DoubleSummaryStatistics()));
  }

  /** Takes one task's result of a frame. */
  void frame(FrameResult frame) {
    frame.value().ifPresent(values.get(frame.task()));
    frames = results++ / group.tasks().size() + 1;
    loss =
        new VideoProgress.Loss(frame.reconstructionLossBefore(), frame.reconstructionLossAfter());
    int whole = Math.max(frames, group.adaptation().frames());
    report(group, endedCost + group.cost() * frames / whole);
  }

  /** The offline method trains before its first frame comes out. */
  void training(int iteration, int iterations) {
    report(group, endedCost + group.cost() * iteration / (iterations + 1.0));
  }

  /**
   * Units have ended, in whichever way, or had before this task began.
   *
   * @param failed how many of them have no results
   */
  void ended(AdaptationWork ended, int failed) {
    endedUnits += ended.units().size();
    failedUnits += failed;
    endedCost += ended.cost();
    if (group != null) {
      endedFrames += frames;
      endedSeconds += (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    }
    group = null;
    report(ended, endedCost);
  }

  private void report(AdaptationWork current, double cost) {
    double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    boolean running = group != null;
    Map<Task, Double> means = new EnumMap<>(Task.class);
    values.forEach(
        (predicted, own) ->
            means.put(predicted, own.getCount() == 0 ? Double.NaN : own.getAverage()));
    progress.accept(
        new VideoProgress(
            name,
            task.video(),
            current.adaptation().method(),
            frames,
            current.adaptation().frames(),
            means,
            frames == 0 ? 0 : seconds / frames,
            new VideoProgress.Done(
                task.units().size(),
                endedUnits,
                failedUnits,
                endedFrames + (running ? frames : 0),
                endedSeconds + (running ? seconds : 0)),
            cost,
            loss,
            ++sequence));
  }
}
