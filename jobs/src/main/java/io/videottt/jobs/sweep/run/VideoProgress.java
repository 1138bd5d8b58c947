package io.videottt.jobs.sweep.run;

import io.videottt.adaptation.method.Method;
import io.videottt.base.Count;
import io.videottt.base.Printable;
import io.videottt.base.Task;
import java.io.Serializable;
import java.util.Map;

/**
 * How far a task has come.
 *
 * @param task the task's video, with data set and split
 * @param video id of the video
 * @param method what is running
 * @param frame frames done of the running units
 * @param frames frames of the running units
 * @param means per task, its metric's mean over the annotated frames so far, percent; NaN before
 *     the first
 * @param secondsPerFrame of the running units so far
 * @param done what the whole task has done
 * @param finishedCost cost of the units that ended in this task and of the done share of the
 *     running ones
 * @param loss of the last frame
 * @param sequence grows with every report of the task
 */
public record VideoProgress(
    String task,
    String video,
    Method method,
    int frame,
    int frames,
    Map<Task, Double> means,
    double secondsPerFrame,
    Done done,
    double finishedCost,
    Loss loss,
    long sequence)
    implements Serializable {

  /**
   * What a task has done since it began; results from before do not count.
   *
   * @param units of the task
   * @param finishedUnits units that ended, failed ones and those from before included
   * @param failedUnits units that ended without results
   * @param frames frames that adaptations went through
   * @param seconds of computing, model loading left out
   */
  public record Done(int units, int finishedUnits, int failedUnits, long frames, double seconds)
      implements Serializable {}

  /**
   * The loss of the method's objective, NaN where it has none.
   *
   * @param before the frame's first step
   * @param after its last step
   */
  public record Loss(double before, double after) implements Serializable {

    /** Before the first frame. */
    static final Loss NONE = new Loss(Double.NaN, Double.NaN);
  }

  boolean isRunning() {
    return done.finishedUnits() < done.units();
  }

  /** As Spark's page of a stage and its event log show it. */
  @Override
  public String toString() {
    return "video %s: %s, %d done; %s, frame %d of %d"
        .formatted(
            Printable.line(video),
            Count.of(done.units(), "unit"),
            done.finishedUnits(),
            method.title(),
            frame,
            frames);
  }
}
