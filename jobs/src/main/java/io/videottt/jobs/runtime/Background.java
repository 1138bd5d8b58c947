package io.videottt.jobs.runtime;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Work on a thread of its own, beside what the caller does. */
public final class Background<T> implements AutoCloseable {

  private final FutureTask<T> work;
  private final Thread thread;

  private Background(String name, Supplier<T> work) {
    this.work = new FutureTask<>(work::get);
    this.thread = new Thread(this.work, name);
    thread.setDaemon(true);
  }

  public static <T> Background<T> start(String name, Supplier<T> work) {
    Background<T> background = new Background<>(name, work);
    background.thread.start();
    return background;
  }

  /** Waits for the end of the work; what it threw is thrown here. */
  public T result() {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(thread.getName() + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(thread.getName() + " was interrupted");
    }
  }

  /** Stops work whose result nobody has waited for. */
  @Override
  public void close() {
    work.cancel(true);
  }
}
