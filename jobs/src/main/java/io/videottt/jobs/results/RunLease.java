package io.videottt.jobs.results;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's claim on its unfinished files: a file beside them that says whose they are and is written
 * anew every minute. Others tell from it whether the run is alive, see {@link LeftRuns}.
 */
public final class RunLease implements AutoCloseable {

  /** Between two heartbeats. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final int PATIENCE_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(RunLease.class);

  private final ScheduledExecutorService heart;

  private RunLease(ScheduledExecutorService heart) {
    this.heart = heart;
  }

  /**
   * Claims a run's folder.
   *
   * @throws IOException when it cannot be written
   */
  static RunLease begin(ResultsFolder results, String run) throws IOException {
    byte[] owner = LeaseOwner.self().json();
    results.commitLease(run, owner);
    ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease");
              thread.setDaemon(true);
              return thread;
            });
    // What a beat throws it has reported itself.
    var unused =
        heart.scheduleWithFixedDelay(
            () -> beat(results, run, owner),
            INTERVAL.toSeconds(),
            INTERVAL.toSeconds(),
            TimeUnit.SECONDS);
    return new RunLease(heart);
  }

  private static void beat(ResultsFolder results, String run, byte[] owner) {
    try {
      results.commitLease(run, owner);
    } catch (IOException | RuntimeException e) {
      // The next one may be heard; until then the run lives on the last one.
      LOG.info("the lease of {} could not be renewed: {}", run, e.getMessage());
    }
  }

  /** Ends the heartbeats; the lease goes with the run's folder. */
  @Override
  public void close() {
    heart.shutdownNow();
    try {
      // A last beat must not make the folder again that is about to be removed.
      heart.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
