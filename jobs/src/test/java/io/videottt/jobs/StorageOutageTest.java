package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object store that refuses requests and loses connections again and again. */
@Tag("faults")
class StorageOutageTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  private static final int PERIOD = 12;
  private static final int BURST = 3;

  @TempDir private Path folder;

  @Test
  void theSweepEndsWithTheRowsOfAnUndisturbedOne() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 4, 3, 2);
    TinySweep.Run local = tiny.sweep(tiny.config(METHODS), "local", "local[2]");
    assertThat(local.status()).as(local.err()).isZero();
    List<String> rows = TinySweep.reproducibleRows(tiny.output("local"));
    assertThat(rows).hasSize(2 * (4 + 3 + 2));

    try (S3Server server = new S3Server("storage-outage");
        UnreliableNetwork network = new UnreliableNetwork(server.port(), PERIOD, BURST)) {
      Map<String, String> properties = new HashMap<>(server.properties(network.port()));
      // The client's own patience, but with short waits.
      properties.put("fs.s3a.retry.interval", "50ms");
      properties.put("fs.s3a.retry.throttle.interval", "50ms");
      RemoteSweep sweep = new RemoteSweep(folder, server.root(), properties);
      int before = network.faults();

      TinySweep.Run run = sweep.sweep(METHODS, "out", "local[2]");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(network.faults() - before).isGreaterThan(10 * BURST);
      TinySweep.Run report = sweep.report("out", "tables");
      assertThat(report.status()).as(report.err()).isZero();
      assertThat(report.out()).contains("Table 1");
      Path results = sweep.download("out");
      assertThat(TinySweep.reproducibleRows(results)).isEqualTo(rows);
      assertThat(TinySweep.visibleFiles(results))
          .noneMatch(file -> file.matches("(_tmp|checkpoints|failures)/.*"));
    }
  }
}
