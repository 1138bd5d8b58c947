package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on a standalone master and two workers with one GPU each, through spark-submit. */
@Tag("faults")
class StandaloneClusterTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
        - {method: foreign-frames, preset: small, settings: {batchSize: 1}}
      trainingImages: {dataset: tiny, split: train}
      """;

  @TempDir private Path folder;

  @Test
  void executorsInOtherProcessesGiveTheSameRowsAndEachTaskHasOneGpu() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 3, 2);
    Path config = tiny.config(METHODS);
    TinySweep.Run local = tiny.sweep(config, "local", "local[1]");
    assertThat(local.status()).as(local.err()).isZero();

    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2)) {
      JavaProcess driver =
          cluster.submit("driver", Map.of(), tiny.arguments(config, "out", cluster.master()));

      assertThat(driver.awaitEnd()).as(driver.log()).isZero();
      assertThat(cluster.executorLines("video (.) on cpu, GPUs assigned by Spark: (.*)"))
          .hasSize(3)
          .allMatch(match -> match.group(2).matches("\\[[01]]"))
          .extracting(match -> match.group(1))
          .containsExactlyInAnyOrder("a", "b", "c");
    }
    assertThat(TinySweep.reproducibleRows(tiny.output("out")))
        .hasSize(3 * (2 + 3 + 2))
        .isEqualTo(TinySweep.reproducibleRows(tiny.output("local")));
    assertThat(tiny.output("out").resolve("_tmp")).doesNotExist();
  }
}
