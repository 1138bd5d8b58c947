package io.videottt.adaptation.stream;

import io.videottt.adaptation.inference.FrameMemory;
import io.videottt.adaptation.method.FrameSteps;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.base.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** One pass over a video, frame by frame, that can stop anywhere and go on from a checkpoint. */
final class StreamRun {

  private final Set<Task> tasks;
  private final AdaptationCheckpoints checkpoints;
  private final FrameSteps steps;
  private final int together;
  private final Optional<FrameMemory> memory;
  private final FrameSink sink;
  private final Map<Task, RunningMean> means = new EnumMap<>(Task.class);
  private final List<FrameResult> sinceCheckpoint = new ArrayList<>();
  private int position;

  /**
   * @param steps of the method
   * @param together most frames that are predicted at once
   * @param memory what predictions remember of earlier frames; absent where they do not
   */
  StreamRun(
      Set<Task> tasks,
      AdaptationCheckpoints checkpoints,
      FrameSteps steps,
      int together,
      Optional<FrameMemory> memory,
      FrameSink sink) {
    this.tasks = tasks;
    this.checkpoints = checkpoints;
    this.steps = steps;
    this.together = together;
    this.memory = memory;
    this.sink = sink;
  }

  Map<Task, TaskOutcome> run(FrameLoop loop) throws InterruptedException {
    Optional<AdaptationCheckpoints.Resumed> resumed =
        checkpoints.resume(tasks, steps.state(), memory);
    resumed.ifPresent(
        before -> {
          sink.resumed(before.progress().position());
          before.results().forEach(this::handOn);
        });
    position = resumed.map(before -> before.progress().position()).orElse(0);
    loop.run(position, steps, together, this::accept);
    Map<Task, TaskOutcome> outcomes = new EnumMap<>(Task.class);
    means.forEach((task, mean) -> outcomes.put(task, mean.outcome()));
    return outcomes;
  }

  private void accept(List<FrameResult> frame) {
    frame.forEach(this::handOn);
    position++;
    if (!checkpoints.enabled()) {
      return;
    }
    sinceCheckpoint.addAll(frame);
    // Frames that were predicted together are again when the unit goes on.
    if (position % together == 0 && checkpoints.due()) {
      CheckpointPosition progress = CheckpointPosition.ofStream(position);
      checkpoints.write(tasks, progress, steps.state(), memory, sinceCheckpoint, false);
      sinceCheckpoint.clear();
    }
  }

  private void handOn(FrameResult result) {
    means.computeIfAbsent(result.task(), task -> new RunningMean()).add(result.value());
    sink.accept(result);
  }

  private static final class RunningMean {

    private int frames;
    private int defined;
    private double sum;

    void add(OptionalDouble value) {
      frames++;
      if (value.isPresent()) {
        sum += value.getAsDouble();
        defined++;
      }
    }

    TaskOutcome outcome() {
      OptionalDouble mean =
          defined == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / defined);
      return new TaskOutcome(frames, mean, OptionalInt.empty(), List.of());
    }
  }
}
