package io.videottt.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the executors of a cluster are doing, by their logs and by the checkpoints they write. */
final class RunningUnits {

  /** So far from its end a unit cannot end between a look and a signal. */
  private static final int LEAST_LEFT = 10;

  private static final Pattern POSITION = Pattern.compile("\"position\"\\s*:\\s*(\\d+)");

  private final StandaloneCluster cluster;
  private final Path output;
  private final int frames;
  private final SplittableRandom random;

  /** An executor that was stopped in the middle of a unit, with the unit's last checkpoint. */
  record Victim(ProcessHandle executor, String unit, int position) {}

  /**
   * @param output of the sweep
   * @param frames of every unit
   * @param random which executor is chosen
   */
  RunningUnits(StandaloneCluster cluster, Path output, int frames, SplittableRandom random) {
    this.cluster = cluster;
    this.output = output;
    this.frames = frames;
    this.random = random;
  }

  /**
   * Stops an executor whose unit has a checkpoint at this frame or a later one, and has some way to
   * go.
   *
   * @param spared units that are left alone
   */
  Victim freeze(int leastPosition, Collection<String> spared) {
    return Waiting.until(
        "an executor in the middle of a unit",
        () -> {
          List<ProcessHandle> executors = cluster.executors();
          if (executors.isEmpty()) {
            return Optional.empty();
          }
          ProcessHandle executor = executors.get(random.nextInt(executors.size()));
          Optional<String> unit = current(executor).filter(id -> !spared.contains(id));
          if (unit.isEmpty() || !isBetween(position(unit.get()), leastPosition)) {
            return Optional.empty();
          }
          signal("STOP", executor);
          OptionalInt position = position(unit.get());
          if (isBetween(position, leastPosition) && current(executor).equals(unit)) {
            return Optional.of(new Victim(executor, unit.get(), position.getAsInt()));
          }
          thaw(executor);
          return Optional.empty();
        });
  }

  private boolean isBetween(OptionalInt position, int least) {
    return position.isPresent()
        && position.getAsInt() >= least
        && position.getAsInt() <= frames - LEAST_LEFT;
  }

  /** The unit that an executor has begun last. */
  private Optional<String> current(ProcessHandle executor) {
    List<MatchResult> begun =
        cluster.executorLines(
            "^\\S+ %d INFO VideoWorker: adaptation (\\S+) starts".formatted(executor.pid()));
    return begun.isEmpty() ? Optional.empty() : Optional.of(begun.get(begun.size() - 1).group(1));
  }

  private OptionalInt position(String unit) {
    String json =
        JavaProcess.read(output.resolve("checkpoints").resolve(unit).resolve("checkpoint.json"));
    return POSITION
        .matcher(json)
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .findFirst();
  }

  /** The frames at which a unit went on from a checkpoint, by the executors' own words. */
  List<Integer> resumed(String unit) {
    return cluster
        .executorLines("adaptation %s goes on from its checkpoint at (\\d+)".formatted(unit))
        .stream()
        .map(match -> Integer.valueOf(match.group(1)))
        .toList();
  }

  static void thaw(ProcessHandle executor) {
    signal("CONT", executor);
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test was interrupted", e);
    }
  }
}
