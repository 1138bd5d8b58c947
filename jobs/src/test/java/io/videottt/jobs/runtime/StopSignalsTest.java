package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.videottt.jobs.JavaProcess;
import io.videottt.jobs.Main;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are stopped by signals while the engine computes, at moments of a seed. */
class StopSignalsTest {

  private static final int FRAMES = 100;
  private static final int LATEST_MILLISECONDS = 2000;
  private static final int TERMINATED = 143;
  private static final int INTERRUPTED = 130;
  private static final String METHODS =
      "methods: [{method: online-ttt-mae, preset: small, settings: {batchSize: 2, window: 4}}]";

  @TempDir private static Path data;
  private static TinySweep tiny;
  private static Path config;
  private static List<String> rows;

  @BeforeAll
  static void sweepUndisturbed() throws IOException {
    tiny = TinySweep.create(data, FRAMES, FRAMES);
    config = tiny.config(METHODS);
    assertThat(tiny.sweep(config, "undisturbed", "local[1]").status()).isZero();
    rows = TinySweep.reproducibleRows(tiny.output("undisturbed"));
  }

  @Test
  void aSweepThatIsTerminatedSaysOneLineAndGoesOnLater() throws Exception {
    stopAndGoOn("TERM", TERMINATED, new SplittableRandom(1));
  }

  @Test
  void aSweepThatIsInterruptedFromTheKeyboardSaysOneLineAndGoesOnLater() throws Exception {
    assumeThat(ignoresInterrupts())
        .as("these tests run in the background of a shell, where INT is switched off")
        .isFalse();
    stopAndGoOn("INT", INTERRUPTED, new SplittableRandom(2));
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    JavaProcess sweep = start("twice");
    awaitWork("twice");
    signal(sweep, "TERM");
    signal(sweep, "TERM");
    assertThat(sweep.awaitEnd()).isEqualTo(TERMINATED);
  }

  /** A training that has begun. */
  private static JavaProcess training(String name, String... javaOptions) throws IOException {
    List<String> main =
        List.of(
            Main.class.getName(),
            "train",
            "--config",
            "../conf/training/demo.yaml",
            "--output",
            data.resolve(name).toString());
    JavaProcess training =
        JavaProcess.start(
            data.resolve("logs/%s.log".formatted(name)), "1g", List.of(javaOptions), main);
    Waiting.until(
        "progress of the training",
        () -> Waiting.happened(training.log().contains("| iteration ")));
    return training;
  }

  /** Without Spark nothing is silenced: the log holds what the process says when it dies. */
  @Test
  void aTrainingThatIsTerminatedSaysOneLine() throws Exception {
    JavaProcess training = training("training");

    signal(training, "TERM");

    assertThat(training.awaitEnd()).as(training.log()).isEqualTo(TERMINATED);
    assertThat(training.log())
        .endsWith("ttt: stopped by SIGTERM; the same command goes on from here\n")
        .doesNotContain("Unhandled signal", "\tat ");
  }

  /** As the launcher starts it: in the background of a shell, where INT is switched off. */
  @Test
  void anInterruptionThatTheLauncherTellsOfIsNamedAsThat() throws Exception {
    JavaProcess training = training("told", "-Dvideottt.interruptedBy=USR1");

    signal(training, "USR1");

    assertThat(training.awaitEnd()).as(training.log()).isEqualTo(TERMINATED);
    assertThat(training.log())
        .endsWith("ttt: stopped by SIGINT; the same command goes on from here\n");
  }

  @Test
  @Tag("faults")
  void signalsAtTwentyMomentsLeaveNothingHalfDone() throws Exception {
    boolean interrupts = !ignoresInterrupts();
    for (int seed = 0; seed < 20; seed++) {
      boolean interrupt = interrupts && seed % 2 == 0;
      stopAndGoOn(
          interrupt ? "INT" : "TERM",
          interrupt ? INTERRUPTED : TERMINATED,
          new SplittableRandom(100 + seed));
    }
  }

  /** What this process ignores, those that it starts ignore as well. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static void stopAndGoOn(String signal, int status, SplittableRandom random)
      throws Exception {
    String output = "stopped-" + signal + "-" + random.nextInt(1000);
    JavaProcess sweep = start(output);
    awaitWork(output);
    // Anywhere in a frame: while it is read, adapted to, predicted, scored or written.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LATEST_MILLISECONDS)));
    signal(sweep, signal);
    assertThat(sweep.awaitEnd()).as(sweep.log()).isEqualTo(status);
    assertThat(sweep.log().lines().filter(line -> line.startsWith("ttt:")))
        .containsExactly("ttt: stopped by SIG" + signal + "; the same command goes on from here");
    assertThat(sweep.log())
        .doesNotContain("cannot be written to", "Exception", "\tat ", "SIGSEGV", "hs_err");
    assertThat(names(tiny.output(output).resolve("failures"))).isEmpty();

    TinySweep.Run later = tiny.sweep(config, output, "local[2]");
    assertThat(later.status()).as(later.err()).isZero();
    assertThat(TinySweep.reproducibleRows(tiny.output(output))).isEqualTo(rows);
  }

  private static JavaProcess start(String output) throws IOException {
    List<String> main = new ArrayList<>(List.of(Main.class.getName()));
    main.addAll(tiny.arguments(config, output, "local[2]"));
    main.addAll(List.of("--no-report", "--checkpoint-minutes", "0"));
    return JavaProcess.start(
        data.resolve("logs").resolve(output + ".log"), "512m", List.of(), main);
  }

  /** Waits until the first frame has left a checkpoint. */
  private static void awaitWork(String output) {
    Path checkpoints = tiny.output(output).resolve("checkpoints");
    Waiting.until(
        "a checkpoint in " + checkpoints, () -> Waiting.happened(!names(checkpoints).isEmpty()));
  }

  private static void signal(JavaProcess process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.process().pid()))
        .start()
        .waitFor();
  }

  private static List<String> names(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
