package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sweeps that were started at once, in processes of their own, on one output folder. */
@Tag("faults")
class TwoDriversTest {

  @TempDir private Path folder;
  private TinySweep tiny;
  private List<String> rows;

  @BeforeEach
  void sweepAlone() throws IOException {
    tiny = TinySweep.create(folder, 5, 4, 3);
    TinySweep.Run alone = tiny.sweep(tiny.config(TinySweep.ALL_METHODS), "alone", "local[2]");
    assertThat(alone.status()).as(alone.err()).isZero();
    rows = TinySweep.reproducibleRows(tiny.output("alone"));
    assertThat(rows).hasSize(TinySweep.METHOD_COUNT * (5 + 4 + 3)).doesNotHaveDuplicates();
  }

  @Test
  void onALocalDiskEveryFrameIsThereOnce() throws IOException, InterruptedException {
    runTwice(tiny.arguments(tiny.config(TinySweep.ALL_METHODS), "out", "local[1]"));

    requireEveryFrameOnce(tiny.output("out"));
    assertThat(tiny.output("out").resolve("_tmp")).doesNotExist();
  }

  @Test
  void inAnObjectStoreEveryFrameIsThereOnce() throws IOException, InterruptedException {
    try (S3Server server = new S3Server("two-drivers")) {
      RemoteSweep sweep = new RemoteSweep(folder, server.root(), server.properties(server.port()));
      runTwice(sweep.arguments(TinySweep.ALL_METHODS, "out", "local[1]"));

      requireEveryFrameOnce(sweep.download("out"));
    }
  }

  private void requireEveryFrameOnce(Path results) throws IOException {
    assertThat(TinySweep.reproducibleRows(results)).isEqualTo(rows);
    assertThat(TinySweep.visibleFiles(results))
        .allMatch(file -> file.matches("(data|datasets|plans|metrics|units|tables)/.*"));
  }

  private void runTwice(List<String> arguments) throws IOException, InterruptedException {
    Process first = start(arguments, "first");
    Process second = start(arguments, "second");
    int one = first.waitFor();
    int two = second.waitFor();
    assertThat(one).as(log("first")).isZero();
    assertThat(two).as(log("second")).isZero();
  }

  private Process start(List<String> arguments, String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    File log = folder.resolve(name + ".log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }
}
