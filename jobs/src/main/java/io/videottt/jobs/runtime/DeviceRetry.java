package io.videottt.jobs.runtime;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a GPU into use that another process may hold for some seconds more: a frozen executor keeps
 * its memory until the worker kills it, ten seconds after Spark has given the GPU to the
 * replacement. Tried a bounded number of times, with waits that double; any other failure, and any
 * failure on a CPU, counts at once.
 */
public final class DeviceRetry {

  private static final int ATTEMPTS = 6;

  /** 31 seconds in all. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(DeviceRetry.class);

  private final Pause pause;

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {

    /** Returns after this time. */
    void await(Duration time) throws InterruptedException;
  }

  public DeviceRetry() {
    this(time -> Thread.sleep(time.toMillis()));
  }

  DeviceRetry(Pause pause) {
    this.pause = pause;
  }

  /**
   * Runs what takes a device into use.
   *
   * @param use may be run several times; leaves nothing behind when it throws
   * @throws EngineException when the device is still held after the last attempt
   */
  public <T> T call(Device device, Supplier<T> use) {
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      try {
        return use.get();
      } catch (EngineException e) {
        if (!device.isGpu() || !isHeld(e) || attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn(
            "{} is held by another process, attempt {} of {} in {} s: {}",
            DeviceChoice.name(device),
            attempt + 1,
            ATTEMPTS,
            wait.toSeconds(),
            FailureMessages.describe(e));
        await(wait);
        wait = wait.multipliedBy(2);
      }
    }
  }

  private void await(Duration wait) {
    try {
      pause.await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("the task was interrupted");
    }
  }

  /** CUDA's words where another process has the device to itself, or its memory. */
  private static boolean isHeld(EngineException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("busy or unavailable") || message.contains("out of memory")) {
        return true;
      }
    }
    return false;
  }
}
