package io.videottt.jobs;

import io.videottt.adaptation.FrameResult;

/** Tells the driver how far a task is. */
final class TaskReporter {

  private static final double NANOS_PER_SECOND = 1e9;

  private final VideoTask task;
  private final String name;
  private final ProgressAccumulator accumulator;
  private long sequence = System.currentTimeMillis();
  private int endedUnits;
  private double endedCost;
  private Unit unit;
  private long startNanos;
  private int frames;
  private double miouSum;
  private int miouCount;

  TaskReporter(VideoTask task, ProgressAccumulator accumulator) {
    this.task = task;
    this.name = "%s/%s/%s".formatted(task.dataset().name(), task.split(), task.video());
    this.accumulator = accumulator;
  }

  void started(Unit next) {
    unit = next;
    startNanos = System.nanoTime();
    frames = 0;
    miouSum = 0;
    miouCount = 0;
  }

  void frame(FrameResult frame) {
    frames++;
    if (frame.value().isPresent()) {
      miouSum += frame.value().getAsDouble();
      miouCount++;
    }
    report(unit, endedCost + CostModel.of(unit) * frames / Math.max(frames, unit.frames()));
  }

  /** The offline method trains before its first frame comes out. */
  void training(int iteration, int iterations) {
    report(unit, endedCost + CostModel.of(unit) * iteration / (iterations + 1.0));
  }

  void ended(Unit ended) {
    endedUnits++;
    endedCost += CostModel.of(ended);
    report(ended, endedCost);
  }

  private void report(Unit current, double cost) {
    double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    accumulator.add(
        new TaskProgress(
            name,
            task.video(),
            current.method(),
            frames,
            current.frames(),
            miouCount == 0 ? Double.NaN : miouSum / miouCount,
            frames == 0 ? 0 : seconds / frames,
            endedUnits,
            cost,
            ++sequence));
  }
}
