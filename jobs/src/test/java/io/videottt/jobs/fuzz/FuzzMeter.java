package io.videottt.jobs.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a computation takes, on whatever threads: their processor time, the bytes that they allocate
 * in the heap, and how much the memory of the process grows, which native code takes as well.
 * Threads and memory are looked at every {@value #INTERVAL_MILLIS} ms, so that threads which end in
 * between count up to the last look. Thread-safe.
 */
final class FuzzMeter implements AutoCloseable {

  private static final int INTERVAL_MILLIS = 20;
  private static final long BYTES_PER_KILOBYTE = 1024;
  private static final Path PROCESS = Path.of("/proc/self/status");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Of a thread, when it was first and last looked at. */
  private static final class Share {
    private final long firstBytes;
    private final long firstNanos;
    private long bytes;
    private long nanos;

    Share(long bytes, long nanos) {
      this.firstBytes = bytes;
      this.firstNanos = nanos;
      this.bytes = bytes;
      this.nanos = nanos;
    }
  }

  /**
   * What was taken.
   *
   * @param nanos processor time of all threads together
   * @param bytes allocated in the heap by all threads together
   * @param growth of the process's memory at its highest, bytes; 0 where the system does not tell
   */
  record Taken(long nanos, long bytes, long growth) {}

  private final Map<Long, Share> shares = new HashMap<>();
  private final Thread watcher;
  private boolean measuring;
  private long start;
  private long highest;

  FuzzMeter() {
    watcher = new Thread(this::watch, "meter");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
        synchronized (this) {
          if (measuring) {
            look(false);
          }
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      return;
    }
  }

  synchronized void begin() {
    shares.clear();
    look(true);
    start = resident();
    highest = start;
    measuring = true;
  }

  synchronized Taken end() {
    look(false);
    measuring = false;
    long bytes = 0;
    long nanos = 0;
    for (Share share : shares.values()) {
      bytes += share.bytes - share.firstBytes;
      nanos += share.nanos - share.firstNanos;
    }
    return new Taken(nanos, bytes, highest - start);
  }

  private void look(boolean first) {
    long[] threads = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(threads);
    long[] nanos = THREADS.getThreadCpuTime(threads);
    for (int i = 0; i < threads.length; i++) {
      // Of a thread that has just ended both are -1.
      if (bytes[i] < 0 || nanos[i] < 0 || threads[i] == watcher.getId()) {
        continue;
      }
      Share share = shares.get(threads[i]);
      if (share == null) {
        share = first ? new Share(bytes[i], nanos[i]) : new Share(0, 0);
        shares.put(threads[i], share);
      }
      share.bytes = bytes[i];
      share.nanos = nanos[i];
    }
    highest = Math.max(highest, resident());
  }

  private static long resident() {
    if (!Files.isReadable(PROCESS)) {
      return 0;
    }
    try {
      return Files.readAllLines(PROCESS).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          * BYTES_PER_KILOBYTE;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
