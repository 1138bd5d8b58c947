package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.status.UnitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data, catalogue, models and results on HDFS and in S3: the same rows as on a local disk. */
class RemoteStorageTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  @TempDir private static Path folder;
  private static List<String> rows;

  @BeforeAll
  static void sweepOnTheLocalDisk() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 3);
    TinySweep.Run run = tiny.sweep(tiny.config(METHODS), "local", "local[2]");
    assertThat(run.status()).as(run.err()).isZero();
    rows = TinySweep.reproducibleRows(tiny.output("local"));
    assertThat(rows).hasSize(2 * (2 + 3));
  }

  @Test
  void s3() throws IOException {
    try (S3Server server = new S3Server("remote-storage")) {
      RemoteSweep sweep = new RemoteSweep(folder, server.root(), server.properties(server.port()));
      Path results = sweepsAndReports(sweep);
      try (var files = Files.walk(results)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .doesNotContain(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
        }
      }
    }
  }

  @Test
  void hdfs() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      sweepsAndReports(
          new RemoteSweep(folder, cluster.getFileSystem().getUri().toString(), Map.of()));
    }
  }

  private static Path sweepsAndReports(RemoteSweep sweep) throws IOException {
    TinySweep.Run first = sweep.sweep(METHODS, "out", "local[2]");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("Table 1");
    assertThat(first.out() + first.err()).doesNotContain(S3Server.SECRET_KEY);
    Path results = sweep.download("out");
    assertThat(TinySweep.reproducibleRows(results)).isEqualTo(rows);
    assertThat(TinySweep.visibleFiles(results))
        .allMatch(file -> file.matches("(data|datasets|plans|metrics|units|tables)/.*"))
        .filteredOn(file -> file.startsWith("tables/"))
        .isNotEmpty();

    sweep.convert("joint", "converted");
    Path converted = sweep.download("converted");
    assertThat(TinySweep.visibleFiles(converted))
        .containsExactly("config.json", "model.safetensors", "reconstruction.safetensors");
    assertThat(converted.resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("joint/model.safetensors"));

    filmsAreWrittenAndRead(sweep);

    // What is complete is found again there, by the listing that a second start does.
    assertThat(sweep.results("out").inventory().units()).hasSize(2 * 2);
    assertThat(sweep.status("out").sweeps())
        .singleElement()
        .satisfies(status -> assertThat(status.in(UnitStatus.State.DONE)).hasSize(2 * 2));
    return results;
  }

  /** Frame by frame, the last ones first, as a demuxer looks for them in the middle of a file. */
  private static void filmsAreWrittenAndRead(RemoteSweep sweep) {
    List<RgbImage> frames = new ArrayList<>();
    for (int frame = 0; frame < 12; frame++) {
      byte[] pixels = new byte[32 * 48 * 3];
      Arrays.fill(pixels, (byte) (20 * frame));
      frames.add(new RgbImage(32, 48, pixels));
    }
    Video there = sweep.film(frames);
    Video here = RemoteSweep.film(folder.toUri().toString(), new Configuration(), frames);

    assertThat(there.frameCount()).isEqualTo(12);
    for (int frame = there.frameCount() - 1; frame >= 0; frame--) {
      assertThat(there.read(frame).image().pixels()).isEqualTo(here.read(frame).image().pixels());
    }
  }
}
