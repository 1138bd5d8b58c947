package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of a cluster die or freeze in the middle of units, at moments that a seed decides. The
 * sweep ends with the rows of an undisturbed one, and what was running goes on from its last
 * checkpoint, which with an interval of zero is one frame old at most.
 */
@Tag("faults")
class ProcessFaultTest {

  private static final int VIDEOS = 4;
  private static final int FRAMES = 50;
  private static final int KILLS_PER_SWEEP = 5;
  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 2, window: 4}}
      """;

  @TempDir private static Path data;
  private static TinySweep tiny;
  private static Path config;
  private static List<String> rows;

  @TempDir private Path folder;

  @BeforeAll
  static void sweepUndisturbed() throws IOException {
    tiny = TinySweep.create(data, FRAMES, FRAMES, FRAMES, FRAMES);
    config = tiny.config(METHODS);
    TinySweep.Run undisturbed = tiny.sweep(config, "undisturbed", "local[1]");
    assertThat(undisturbed.status()).as(undisturbed.err()).isZero();
    rows = TinySweep.reproducibleRows(tiny.output("undisturbed"));
    assertThat(rows).hasSize(VIDEOS * 2 * FRAMES).doesNotHaveDuplicates();
  }

  @RepeatedTest(4)
  void executorsAreKilled(RepetitionInfo repetition, TestReporter reporter) throws IOException {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    try (StandaloneCluster cluster = start()) {
      JavaProcess driver = submit(cluster, "driver", Map.of());
      RunningUnits units = new RunningUnits(cluster, results(), FRAMES, random);
      Map<String, Integer> killed = new LinkedHashMap<>();
      for (int i = 0; i < KILLS_PER_SWEEP; i++) {
        RunningUnits.Victim victim = units.freeze(1 + random.nextInt(FRAMES / 3), killed.keySet());
        killed.put(victim.unit(), victim.position());
        long lost = lostExecutors(driver);
        long start = System.nanoTime();
        victim.executor().destroyForcibly();
        awaitLoss(driver, lost);
        report(reporter, "executor killed", victim, start);
      }

      requireUndisturbedRows(driver);
      killed.forEach((unit, position) -> requireResumed(units, unit, position));
    }
  }

  @Test
  void aWorkerIsKilled(TestReporter reporter) throws IOException {
    try (StandaloneCluster cluster = start()) {
      JavaProcess driver = submit(cluster, "driver", Map.of());
      RunningUnits units = new RunningUnits(cluster, results(), FRAMES, new SplittableRandom(5));
      RunningUnits.Victim victim = units.freeze(10, List.of());
      long lost = lostExecutors(driver);
      long start = System.nanoTime();
      cluster.workerOf(victim.executor()).destroyForcibly();
      RunningUnits.thaw(victim.executor());
      awaitLoss(driver, lost);
      report(reporter, "worker killed", victim, start);

      requireUndisturbedRows(driver);
      requireResumedLater(units, victim);
    }
  }

  @Test
  void theDriverIsKilledAndTheSameCommandGoesOn(TestReporter reporter) throws IOException {
    try (StandaloneCluster cluster = start()) {
      JavaProcess first = submit(cluster, "driver-1", Map.of());
      RunningUnits units = new RunningUnits(cluster, results(), FRAMES, new SplittableRandom(6));
      RunningUnits.Victim victim = units.freeze(10, List.of());
      long start = System.nanoTime();
      first.process().destroyForcibly();
      first.awaitEnd();
      RunningUnits.thaw(victim.executor());
      // An executor whose driver is gone ends by itself.
      victim.executor().onExit().join();
      report(reporter, "driver killed", victim, start);

      JavaProcess second = submit(cluster, "driver-2", Map.of());
      requireUndisturbedRows(second);
      requireResumedLater(units, victim);
    }
  }

  @Test
  void anExecutorFreezesForLongerThanTheTimeout(TestReporter reporter) throws IOException {
    Map<String, String> properties =
        Map.of(
            "spark.network.timeout", "12s",
            "spark.network.timeoutInterval", "2s",
            "spark.executor.heartbeatInterval", "1s");
    try (StandaloneCluster cluster = start()) {
      JavaProcess driver = submit(cluster, "driver", properties);
      RunningUnits units = new RunningUnits(cluster, results(), FRAMES, new SplittableRandom(7));
      long lost = lostExecutors(driver);
      RunningUnits.Victim victim = units.freeze(10, List.of());
      long start = System.nanoTime();
      awaitLoss(driver, lost);
      report(reporter, "executor frozen", victim, start);
      // Until then it holds its GPU, which the replacement may have been given already.
      Waiting.until(
          "the worker to kill the frozen executor",
          () -> Waiting.happened(!victim.executor().isAlive()));
      report(reporter, "frozen executor ended", victim, start);

      requireUndisturbedRows(driver);
      requireResumed(units, victim.unit(), victim.position());
    }
  }

  private String output() {
    return "out-" + folder.getFileName();
  }

  private Path results() {
    return tiny.output(output());
  }

  private StandaloneCluster start() throws IOException {
    return StandaloneCluster.start(folder.resolve("cluster"), 2);
  }

  private JavaProcess submit(StandaloneCluster cluster, String name, Map<String, String> properties)
      throws IOException {
    List<String> launcher = tiny.arguments(config, output(), cluster.master());
    launcher.addAll(List.of("--no-report", "--checkpoint-minutes", "0"));
    return cluster.submit(name, properties, launcher);
  }

  private static long lostExecutors(JavaProcess driver) {
    return driver.log().lines().filter(line -> line.contains("Lost executor")).count();
  }

  private static void awaitLoss(JavaProcess driver, long before) {
    Waiting.until(
        "the driver to notice a lost executor",
        () -> Waiting.happened(lostExecutors(driver) > before));
  }

  private static void report(
      TestReporter reporter, String fault, RunningUnits.Victim victim, long start) {
    reporter.publishEntry(
        fault,
        "at frame %d of %d, noticed after %.1f s"
            .formatted(victim.position(), FRAMES, (System.nanoTime() - start) / 1e9));
  }

  private void requireUndisturbedRows(JavaProcess driver) {
    assertThat(driver.awaitEnd()).as(driver.log()).isZero();
    assertThat(TinySweep.reproducibleRows(results())).isEqualTo(rows);
    assertThat(TinySweep.visibleFiles(results()))
        .noneMatch(file -> file.startsWith("failures/") || file.startsWith("checkpoints/"));
  }

  /** Nothing before the last checkpoint is computed again: at most the frame in work is. */
  private static void requireResumed(RunningUnits units, String unit, int position) {
    assertThat(units.resumed(unit)).containsAnyOf(position, position + 1).doesNotContain(0);
  }

  /** As above, where the executor went on until it noticed that it was alone. */
  private static void requireResumedLater(RunningUnits units, RunningUnits.Victim victim) {
    assertThat(units.resumed(victim.unit()))
        .isNotEmpty()
        .allMatch(position -> position >= victim.position());
  }
}
