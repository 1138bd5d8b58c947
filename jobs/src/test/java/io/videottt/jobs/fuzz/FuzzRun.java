package io.videottt.jobs.fuzz;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.jobs.BuildFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * of computing on all its threads, allocates less than a gigabyte on all of them, in the heap and
 * beside it, is content or says why not in its few lines of its own words, and leaves nothing or
 * something whole that the program can open again.
 */
final class FuzzRun implements AutoCloseable {

  private static final long MOST_SECONDS = 10;

  /** Of waiting, on a machine that others use. */
  private static final long PATIENCE_SECONDS = 120;

  /** By which the process may grow. */
  private static final long MOST_BYTES = 1L << 30;

  private static final int LONGEST_LINE = 1100;

  /** Words of Java, its libraries and their machinery. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "Exception|\\bat [a-z]+\\.|\\b(java|com|org|scala|sun)\\.[a-z]+\\.|AssertionError"
              + "|OutOfMemory|StackOverflow|should not happen|null pointer|heap of"
              + "|an error of the program itself|Spark failed");

  private final FuzzTarget target;
  private final Path scratch;
  private final FuzzMeter meter = new FuzzMeter();
  private volatile String complaint = "";
  private volatile FuzzMeter.Taken taken = new FuzzMeter.Taken(0, 0, 0);

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
      // Bombs and others in turn, so that a short run sees both.
      boolean bomb = tried % 2 == 0 && tried / 2 < target.bombs().size();
      byte[] input = bomb ? target.bombs().get(tried / 2) : inputs.next();
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

  /**
   * Checks that the reader takes its own valid files, without which nothing else means much.
   *
   * @param most how many of them
   * @param faults receives those that are refused
   */
  void requireSeedsAccepted(int most, List<String> faults) {
    for (byte[] valid : target.seeds().subList(0, Math.min(most, target.seeds().size()))) {
      Optional<String> fault = fault(valid);
      if (fault.isPresent() || !complaint.isEmpty()) {
        faults.add(
            "%s refuses a valid file: %s%s".formatted(target.name(), fault.orElse(""), complaint));
      }
    }
  }

  private Optional<String> fault(byte[] input) {
    Path folder = scratch.resolve("folder");
    try {
      Files.createDirectories(folder);
      Optional<String> fault = read(input, folder);
      if (fault.isEmpty()) {
        fault = unfinished(folder);
      }
      return fault.isPresent() ? fault : broken(folder);
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
    if (taken.nanos() > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
      return Optional.of("computed for %d ms".formatted(taken.nanos() / 1_000_000));
    }
    if (taken.bytes() > target.mostBytes()) {
      return Optional.of("allocated %d MB".formatted(taken.bytes() >> 20));
    }
    if (taken.growth() > MOST_BYTES) {
      return Optional.of("made the process larger by %d MB".formatted(taken.growth() >> 20));
    }
    return wrongWords(complaint);
  }

  private void measured(byte[] input, Path folder) {
    meter.begin();
    try {
      complaint = target.reader().read(input, folder);
    } catch (InvalidInputException e) {
      complaint = e.getMessage();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      taken = meter.end();
    }
  }

  private Optional<String> wrongWords(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String shown = Printable.line(text);
    if (text.strip().lines().count() > target.mostLines()
        || text.lines().anyMatch(line -> line.length() > LONGEST_LINE)) {
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

  private Optional<String> broken(Path folder) {
    try {
      target.check().open(folder);
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of("left what cannot be opened again: " + e);
    }
  }

  @Override
  public void close() {
    meter.close();
  }

  private Path kept(byte[] input, int number) {
    Path file = BuildFolder.file("fuzz").resolve(target.name() + "-" + number);
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
