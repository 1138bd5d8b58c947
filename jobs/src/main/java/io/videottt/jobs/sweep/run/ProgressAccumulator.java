package io.videottt.jobs.sweep.run;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * Carries the tasks' progress to the driver: Spark sends accumulator values along with every
 * heartbeat, in local and in cluster mode. The state is an immutable map behind a volatile field,
 * since the heartbeat reads it while the task writes.
 */
final class ProgressAccumulator extends AccumulatorV2<VideoProgress, ProgressAccumulator.Latest> {

  /** As Spark's pages call it. */
  static final String NAME = "progress";

  private static final long serialVersionUID = 2L;

  private volatile Map<String, VideoProgress> latest = Map.of();

  /**
   * The newest report of every task.
   *
   * @param tasks by the task's name
   */
  record Latest(Map<String, VideoProgress> tasks) implements Serializable {

    /**
     * Of one task what it does; of all of them, which Spark writes down at every task's end, few
     * words.
     */
    @Override
    public String toString() {
      return tasks.size() == 1
          ? tasks.values().iterator().next().toString()
          : "%d Spark tasks".formatted(tasks.size());
    }
  }

  @Override
  public boolean isZero() {
    return latest.isEmpty();
  }

  @Override
  public ProgressAccumulator copy() {
    ProgressAccumulator copy = new ProgressAccumulator();
    copy.latest = latest;
    return copy;
  }

  @Override
  public void reset() {
    latest = Map.of();
  }

  @Override
  public void add(VideoProgress progress) {
    latest = merged(latest, Map.of(progress.task(), progress));
  }

  @Override
  public void merge(AccumulatorV2<VideoProgress, Latest> other) {
    latest = merged(latest, other.value().tasks());
  }

  @Override
  public Latest value() {
    return new Latest(latest);
  }

  private static Map<String, VideoProgress> merged(
      Map<String, VideoProgress> left, Map<String, VideoProgress> right) {
    Map<String, VideoProgress> merged = new HashMap<>(left);
    right.forEach(
        (task, progress) ->
            merged.merge(task, progress, (a, b) -> a.sequence() > b.sequence() ? a : b));
    return Map.copyOf(merged);
  }
}
