package io.videottt.jobs;

import com.sun.management.ThreadMXBean;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives inputs to a reader and holds it to what every reader promises: it ends within ten seconds
 * of computing, allocates less than a gigabyte, is content or says why not in its few lines of its
 * own words, and leaves nothing half-written.
 */
final class FuzzRun {

  private static final long MOST_SECONDS = 10;

  /** Of waiting, on a machine that others use. */
  private static final long PATIENCE_SECONDS = 120;

  private static final long MOST_BYTES = 1L << 30;
  private static final int LONGEST_COMPLAINT = 4000;

  /** Words of Java, its libraries and their machinery. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "Exception|\\bat [a-z]+\\.|\\b(java|com|org|scala|sun)\\.[a-z]+\\.|AssertionError"
              + "|OutOfMemory|StackOverflow|should not happen|null pointer|heap of");

  private final FuzzTarget target;
  private final Path scratch;
  private volatile String complaint = "";
  private volatile long bytes;
  private volatile long nanos;

  FuzzRun(FuzzTarget target, Path scratch) {
    this.target = target;
    this.scratch = scratch;
  }

  /**
   * Tries inputs until there are enough or the time is over.
   *
   * @param count how many
   * @param end when to stop, as {@link System#nanoTime()}
   * @param faults receives what is wrong, with the input's place
   * @return how many were tried
   */
  int tryInputs(long seed, int count, long end, List<String> faults) {
    FuzzInputs inputs =
        new FuzzInputs(seed ^ target.name().hashCode(), target.seeds(), target.grammar());
    int tried = 0;
    while (tried < count && System.nanoTime() < end) {
      byte[] input = tried < target.bombs().size() ? target.bombs().get(tried) : inputs.next();
      Optional<String> fault = fault(input);
      if (fault.isPresent()) {
        faults.add(
            "%s, input %d of seed %d (kept as %s): %s"
                .formatted(target.name(), tried, seed, kept(input, tried), fault.get()));
      }
      tried++;
    }
    return tried;
  }

  /** Checks that the reader takes its own valid files, without which nothing else means much. */
  void requireSeedsAccepted() {
    for (byte[] valid : target.seeds()) {
      Optional<String> fault = fault(valid);
      if (fault.isPresent() || !complaint.isEmpty()) {
        throw new IllegalStateException(
            "%s refuses a valid file: %s%s".formatted(target.name(), fault.orElse(""), complaint));
      }
    }
  }

  private Optional<String> fault(byte[] input) {
    Path folder = scratch.resolve("folder");
    try {
      Files.createDirectories(folder);
      Optional<String> fault = read(input, folder);
      return fault.isPresent() ? fault : unfinished(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(folder);
    }
  }

  private Optional<String> read(byte[] input, Path folder) {
    ExecutorService thread = Executors.newSingleThreadExecutor(FuzzRun::daemon);
    Future<?> reading = thread.submit(() -> measured(input, folder));
    try {
      reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return Optional.of("did not end within %d seconds".formatted(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("was interrupted");
    } catch (ExecutionException e) {
      StackTraceElement[] trace = e.getCause().getStackTrace();
      return Optional.of(
          "failed with %s at %s"
              .formatted(
                  e.getCause(),
                  trace.length == 0
                      ? "?"
                      : Arrays.toString(Arrays.copyOf(trace, Math.min(6, trace.length)))));
    } finally {
      thread.shutdownNow();
    }
    if (nanos > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
      return Optional.of("computed for %d ms".formatted(nanos / 1_000_000));
    }
    if (bytes > MOST_BYTES) {
      return Optional.of("allocated %d MB".formatted(bytes >> 20));
    }
    return wrongWords(complaint);
  }

  private void measured(byte[] input, Path folder) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    long start = threads.getCurrentThreadCpuTime();
    try {
      complaint = target.reader().read(input, folder);
    } catch (InvalidInputException e) {
      complaint = e.getMessage();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      nanos = threads.getCurrentThreadCpuTime() - start;
      bytes = threads.getThreadAllocatedBytes(thread) - before;
    }
  }

  private Optional<String> wrongWords(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String shown = Printable.line(text);
    if (text.strip().lines().count() > target.mostLines() || text.length() > LONGEST_COMPLAINT) {
      return Optional.of("complains too long: " + shown);
    }
    if (INTERNAL.matcher(text).find()) {
      return Optional.of("complains in words of its machinery: " + shown);
    }
    if (text.codePoints().anyMatch(c -> c != '\n' && c != '\t' && Printable.isHidden(c))) {
      return Optional.of("repeats what may act on a terminal: " + shown);
    }
    return Optional.empty();
  }

  /** What a command writes appears whole, under its name, or not at all. */
  private static Optional<String> unfinished(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("[._].*|.*\\.(tmp|crc|part)"))
          .findFirst()
          .map(file -> "left " + folder.relativize(file));
    }
  }

  private Path kept(byte[] input, int number) {
    Path file = Path.of("target", "fuzz", target.name() + "-" + number);
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fuzz");
    thread.setDaemon(true);
    return thread;
  }
}
