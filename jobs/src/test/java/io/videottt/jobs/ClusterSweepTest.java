package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on a standalone master and two workers, with executors in processes of their own. */
class ClusterSweepTest {

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
  void executorsInOtherProcessesGiveTheSameRows() throws IOException {
    // Workers start executors from SPARK_HOME; the class path comes from this process.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    TinySweep tiny = TinySweep.create(folder, 2, 3);
    Path config = tiny.config(METHODS);

    TinySweep.Run local = tiny.sweep(config, "local", "local[1]");
    TinySweep.Run cluster =
        tiny.sweep(
            config,
            "cluster",
            "local-cluster[2,1,1024]",
            "--conf",
            "spark.executor.extraClassPath=" + System.getProperty("java.class.path"),
            "--conf",
            "spark.executor.memory=768m");

    assertThat(local.status()).as(local.err()).isZero();
    assertThat(cluster.status()).as(cluster.err()).isZero();
    assertThat(TinySweep.reproducibleRows(tiny.output("cluster")))
        .hasSize(3 * (2 + 3))
        .isEqualTo(TinySweep.reproducibleRows(tiny.output("local")));
    assertThat(tiny.output("cluster").resolve("_tmp")).doesNotExist();
  }
}
