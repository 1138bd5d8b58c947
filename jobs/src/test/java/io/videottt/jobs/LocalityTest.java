package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalityTest {

  private static final String WINDOWS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: implicit-memory-only, preset: small, settings: {batchSize: 1}}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 2}, variant: k2}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 0}, variant: all}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 2, window: 3}, variant: other}
      """;

  @TempDir private Path folder;

  private TinySweep.Run locality(Path config, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "locality",
                "--config",
                config.toString(),
                "--output",
                folder.resolve(output).toString(),
                "--catalog",
                folder.resolve("catalog").toString()));
    arguments.addAll(TinySweep.QUICK_QUERIES);
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  @Test
  void predictedAndMeasuredWindowsStandSideBySide() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 4, 5);
    Path config = tiny.config(WINDOWS);
    assertThat(tiny.sweep(config, "out", "local[2]").status()).isZero();

    TinySweep.Run run =
        locality(
            config, "tables", "--results", tiny.output("out").toString(), "--master", "local[2]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("predicted k", "strongly convex", "variant k2");
    List<String> csv = Files.readAllLines(folder.resolve("tables/locality.csv"));
    assertThat(csv).filteredOn(line -> line.startsWith("tiny,test,semantic,tiny,")).hasSize(3);
    assertThat(csv).filteredOn(line -> line.contains(",all,7,")).hasSize(1);
    // The variant with another batch size is no window of this comparison.
    assertThat(csv).filteredOn(line -> line.contains(",1 2 all,")).hasSize(3);
    assertThat(folder.resolve("tables/locality.tex")).exists();

    TinySweep.Run sequential = locality(config, "again", "--master", "local[1]");
    assertThat(sequential.status()).isZero();
    assertThat(estimates(folder.resolve("again/locality.csv")))
        .isEqualTo(estimates(folder.resolve("tables/locality.csv")));
  }

  /** The columns before the measured ones. */
  private static List<String> estimates(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .filter(line -> line.startsWith("tiny,"))
        .map(line -> String.join(",", List.of(line.split(",")).subList(0, 18)))
        .toList();
  }

  @Test
  void aVideoWithoutAnnotatedNeighboursIsNamedAndTheOthersAreEstimated() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 4, 2);
    TinySweep.Run run = locality(tiny.config(WINDOWS), "tables", "--master", "local[1]");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no estimate: tiny test b semantic", "needs three at least");
    assertThat(Files.readString(folder.resolve("tables/locality.csv"))).contains(",a,3,");
  }

  @Test
  void wrongUseIsExplainedBeforeAnythingRuns() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3);
    Path fixed = tiny.config("methods: [{method: mae-joint-training, preset: small}]\n");
    TinySweep.Run without = locality(fixed, "tables", "--master", "local[1]");
    assertThat(without.status()).isEqualTo(1);
    assertThat(without.err()).contains("no online-ttt-mae");
    Path config = tiny.config(WINDOWS);
    assertThat(locality(config, "tables", "--frames", "1").err()).contains("--frames must be 2");
    TinySweep.Run empty = locality(config, "tables", "--results", folder + "/nothing");
    assertThat(empty.status()).isEqualTo(1);
    assertThat(empty.err()).contains("no results there");
    assertThat(folder.resolve("tables")).doesNotExist();
  }
}
