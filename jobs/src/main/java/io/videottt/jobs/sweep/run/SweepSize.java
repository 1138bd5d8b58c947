package io.videottt.jobs.sweep.run;

import io.videottt.jobs.sweep.plan.VideoWork;
import java.util.Properties;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How much work a Spark job is, as a property that listeners find with it, until it is closed.
 *
 * @param units that it runs
 * @param frames that its adaptations go through
 */
record SweepSize(int units, long frames, JavaSparkContext context) implements AutoCloseable {

  private static final String UNITS = "videottt.units";
  private static final String FRAMES = "videottt.frames";

  /** Says it of the jobs that this thread starts. */
  static SweepSize of(JavaSparkContext context, VideoWork task) {
    long frames = task.groups().stream().mapToLong(group -> group.adaptation().frames()).sum();
    context.setLocalProperty(UNITS, String.valueOf(task.units().size()));
    context.setLocalProperty(FRAMES, String.valueOf(frames));
    return new SweepSize(task.units().size(), frames, context);
  }

  static long units(Properties ofJob) {
    return number(ofJob, UNITS);
  }

  static long frames(Properties ofJob) {
    return number(ofJob, FRAMES);
  }

  private static long number(Properties ofJob, String key) {
    String text = ofJob == null ? null : ofJob.getProperty(key);
    return text == null ? 0 : Long.parseLong(text);
  }

  @Override
  public void close() {
    context.setLocalProperty(UNITS, null);
    context.setLocalProperty(FRAMES, null);
  }
}
