package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fourth task from the sweep file to the report. */
class ColorizationSweepTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  @TempDir private Path folder;

  @Test
  void graysAreColouredScoredAndReported() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 2);
    Path config = tiny.configOfColorization(METHODS);

    TinySweep.Run run = tiny.sweepWithReport(config, "out", "local[2]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("4 units on 2 videos, 0 done before");
    List<String> rows = TinySweep.reproducibleRows(tiny.output("out"));
    assertThat(rows).hasSize(10);
    assertThat(rows)
        .allMatch(row -> row.contains("\"psnr\":") && row.contains("\"ssim\":"))
        .allMatch(row -> row.contains("\"colour_samples\":4608"))
        .noneMatch(row -> row.contains("\"miou\":"));
    assertThat(rows).filteredOn(row -> row.contains("\"chroma_change\":")).hasSize(6);
    assertThat(run.out()).contains("Table 3: colorization", "PSNR (up) published");
    Path tables = tiny.output("out").resolve("tables");
    assertThat(tables.resolve("table3-tiny-test.csv")).content().contains("Zhang et al. 2016");
    assertThat(tables.resolve("table3-tiny-test.md")).content().contains("arrow up at LPIPS");
    assertThat(tables.resolve("table3-tiny-test.tex")).exists();
    assertThat(tables.resolve("table1-tiny-test-colorization.md"))
        .content()
        .contains("PSNR frame mean")
        .contains("The entropy is that of a distribution over classes")
        .contains("Self-training labels single pixels by their confidence");
    assertThat(tables.resolve("index.html"))
        .content()
        .contains("data:image/jpeg;base64,")
        .contains("colorization")
        .doesNotContain("The classes' colours")
        .doesNotContain("The classes&#39; colours");
    assertThat(Files.readString(tables.resolve("verdict.txt")))
        .contains("colorization")
        .contains("dB")
        .doesNotContain("points")
        .containsPattern("PSNR [0-9.]+ dB");
  }

  @Test
  void methodsThatDoNotApplyAreToldAndNotRun() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    Path config = tiny.configOfColorization(TinySweep.ALL_METHODS);

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("tent")
        .contains("The entropy is that of a distribution over classes")
        .contains("self-train")
        .contains("8 units on 1 video");
  }

  @Test
  void oneSweepHasModelsThatSegmentAndModelsThatColour() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 3);
    Path config = tiny.configOfColorization("methods: [{method: mae-joint-training}]\n");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("tasks: [colorization]\n", "tasks: [semantic, colorization]\n")
            .replace(
                "models: [{",
                "models: [{label: tiny, joint: joint, tasks: [semantic]}, {tasks: [colorization], "));

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("4 units on 2 videos, 0 done before");
    List<String> rows = TinySweep.reproducibleRows(tiny.output("out"));
    assertThat(rows).filteredOn(row -> row.contains("\"psnr\":")).hasSize(5);
    assertThat(rows).filteredOn(row -> row.contains("\"miou\":")).hasSize(5);
  }

  @Test
  void aModelOfClassesIsRefusedBeforeAnythingRuns() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    Path config = tiny.config("tasks: [colorization]\n" + METHODS);

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]");

    assertThat(run.status()).isNotZero();
    assertThat(run.err())
        .contains("cannot do colorization; give it tasks: [semantic]")
        .doesNotContain("Exception");
  }
}
