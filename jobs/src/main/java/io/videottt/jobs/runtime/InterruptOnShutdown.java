package io.videottt.jobs.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Turns the end of the process (TERM, INT) into an interruption of the working thread, and gives it
 * some seconds to leave nothing half-written.
 */
public final class InterruptOnShutdown implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  /** Before the hooks of Spark and of the file systems that the worker still writes to. */
  private static final int FIRST = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable hook;

  private InterruptOnShutdown(Thread worker) {
    this.hook = () -> interrupt(worker);
    ShutdownHookManager.get().addShutdownHook(hook, FIRST, 2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public static InterruptOnShutdown ofThisThread() {
    return new InterruptOnShutdown(Thread.currentThread());
  }

  private void interrupt(Thread worker) {
    worker.interrupt();
    try {
      // Not worker.join(): the worker may itself wait for the end of the shutdown.
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("ttt: gave up waiting for the work to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    // In a process that is ending already the hook is what got us here.
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
