package io.videottt.jobs.sweep.run;

import io.videottt.base.Printable;
import io.videottt.jobs.runtime.ProgressLine;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Listens to the tasks' progress and shows unit, frame, running metrics, speed and time left. */
public final class SweepProgress extends ProgressListener {

  /** Share of the work that must be done before an estimate of the rest means anything. */
  private static final double LEAST_SHARE = 0.01;

  private final ProgressLine line;
  private final int units;
  private final double cost;
  private final long startNanos = System.nanoTime();
  private final Map<String, VideoProgress> tasks = new HashMap<>();

  /**
   * @param line where to show it
   * @param units number of units to run
   * @param cost of all units to run
   */
  public SweepProgress(ProgressLine line, int units, double cost) {
    this.line = line;
    this.units = units;
    this.cost = cost;
  }

  @Override
  synchronized void receive(VideoProgress progress) {
    VideoProgress known = tasks.get(progress.task());
    // A retried task starts its count again; the newest report of a task counts.
    if (known != null && known.sequence() >= progress.sequence()) {
      return;
    }
    tasks.put(progress.task(), progress);
    line.show(describe(progress, (System.nanoTime() - startNanos) / 1e9));
  }

  /** The line for a report, given the seconds since the sweep started. */
  public synchronized String describe(VideoProgress current, double elapsed) {
    int finished = tasks.values().stream().mapToInt(task -> task.done().finishedUnits()).sum();
    double done = tasks.values().stream().mapToDouble(VideoProgress::finishedCost).sum();
    String means =
        current.means().entrySet().stream()
            .map(entry -> entry.getKey().metric() + " " + number(entry.getValue()))
            .collect(Collectors.joining(", "));
    String left =
        done > LEAST_SHARE * cost
            ? ProgressLine.readable(elapsed * Math.max(0, cost - done) / done)
            : "soon known";
    return String.format(
        Locale.ROOT,
        "unit %d of %d | %s | %s | frame %d of %d | %s | %.3f s/frame | ETA %s",
        Math.min(finished + 1, units),
        units,
        Printable.line(current.video()),
        current.method().title(),
        current.frame(),
        current.frames(),
        means,
        current.secondsPerFrame(),
        left);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
