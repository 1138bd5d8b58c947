package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that is in several sweeps is run once and stands in the tables of all of them. */
class SweepReuseTest {

  /** The window 3 is the setting of the other sweep's only row of the method. */
  private static final String WINDOWS =
      """
      extends: sweep.yaml
      methods:
        - {method: mae-joint-training}
        - {method: online-ttt-mae, variant: window-1, settings: {window: 1}}
        - {method: online-ttt-mae, variant: window-3, settings: {window: 3}}
      """;

  @TempDir private Path folder;
  private TinySweep tiny;
  private Path table;
  private Path windows;

  @BeforeEach
  void sweeps() throws IOException {
    tiny = TinySweep.create(folder, 2);
    table =
        tiny.config(
            """
            preset: small
            settings: {batchSize: 1, window: 3}
            methods:
              - {method: mae-joint-training}
              - {method: online-ttt-mae}
            """);
    windows = Files.writeString(folder.resolve("windows.yaml"), WINDOWS);
  }

  private static List<String> methods(String tables) {
    return tables
        .lines()
        .filter(line -> line.startsWith("| ") && line.contains("Online TTT-MAE"))
        .map(line -> line.split("\\|")[2].strip())
        .distinct()
        .toList();
  }

  @Test
  void aSecondSweepRunsOnlyWhatTheFirstHasNotAndShowsAllUnderItsOwnNames() throws IOException {
    tiny.sweep(table, "out", "local[1]");

    TinySweep.Run second = tiny.sweepWithReport(windows, "out", "local[1]");

    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.err()).contains("3 units on 1 video, 2 done before");
    assertThat(methods(second.out()))
        .containsExactly("Online TTT-MAE (window-1)", "Online TTT-MAE (window-3)");
    TinySweep.Run first = tiny.sweepWithReport(table, "out", "local[1]");
    assertThat(first.err()).contains("2 units on 1 video, 2 done before");
    assertThat(methods(first.out())).containsExactly("Online TTT-MAE");
    TinySweep.Run report = TinySweep.report(tiny.output("out"), folder.resolve("tables"));
    assertThat(methods(report.out()))
        .containsExactly(
            "Online TTT-MAE", "Online TTT-MAE (window-1)", "Online TTT-MAE (window-3)");
  }

  @Test
  void aUnitOfTwoSweepsInOneFileIsRunOnceAndHasBothNames() throws IOException {
    Path both =
        Files.writeString(folder.resolve("both.yaml"), "sweeps: [sweep.yaml, windows.yaml]\n");

    TinySweep.Run run = tiny.sweepWithReport(both, "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("3 units on 1 video, 0 done before");
    assertThat(methods(run.out()))
        .containsExactly(
            "Online TTT-MAE", "Online TTT-MAE (window-1)", "Online TTT-MAE (window-3)");
    assertThat(TinySweep.visibleFiles(tiny.output("out").resolve("metrics"))).hasSize(3);
    assertThat(TinySweep.run("status", "--output", tiny.output("out").toString()).out())
        .contains("3 units: 3 done");
  }

  @Test
  void everySweepOfAFileHasItsOwnTrainingImages() throws IOException {
    Files.writeString(
        folder.resolve("stills.yaml"),
        """
        extends: sweep.yaml
        methods: [{method: standardised-fixed}]
        trainingImages: {dataset: tiny, split: train}
        """);
    Files.writeString(
        folder.resolve("videos.yaml"),
        """
        extends: stills.yaml
        methods: [{method: standardised-fixed, variant: other}]
        trainingImages: {dataset: tiny, split: test}
        """);
    Path all =
        Files.writeString(
            folder.resolve("all.yaml"), "sweeps: [sweep.yaml, stills.yaml, videos.yaml]\n");

    TinySweep.Run run = tiny.sweep(all, "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("4 units on 1 video");
    Files.createSymbolicLink(folder.resolve("elsewhere"), folder.resolve("data"));
    Files.writeString(
        folder.resolve("videos.yaml"),
        """
        extends: stills.yaml
        trainingImages: {dataset: tiny, split: train, root: elsewhere}
        """);
    TinySweep.Run refused = tiny.sweep(all, "refused", "local[1]");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("tiny/train is in two places").contains("elsewhere");
    assertThat(refused.err().lines()).hasSize(1);
  }
}
