package io.videottt.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.TinySweep;
import io.videottt.jobs.runtime.FailureMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A results folder with damaged files: said by status, left out by report, mended by sweep. */
class DamagedResultsTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  @TempDir private Path folder;
  private TinySweep tiny;
  private Path config;
  private Path out;
  private List<String> rows;

  @BeforeEach
  void sweep() throws IOException {
    tiny = TinySweep.create(folder, 2, 3);
    config = tiny.config(METHODS);
    out = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[1]").status()).isZero();
    rows = TinySweep.reproducibleRows(out);
  }

  private List<Path> unitFiles() {
    return TinySweep.visibleFiles(out.resolve("metrics")).stream()
        .map(file -> out.resolve("metrics").resolve(file))
        .toList();
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private TinySweep.Run report() {
    return TinySweep.report(out, folder.resolve("report"));
  }

  @Test
  void case33DamageIsToldByStatusLeftOutByTheReportAndComputedAnewByTheSweep() throws IOException {
    List<Path> files = unitFiles();
    assertThat(files).hasSize(4);
    flip(files.get(0));
    byte[] cut = Files.readAllBytes(files.get(1));
    Files.write(files.get(1), Arrays.copyOf(cut, cut.length / 2));
    Files.write(files.get(2), new byte[0]);

    TinySweep.Run status = TinySweep.run("status", "--output", out.toString());
    assertThat(status.out())
        .contains("4 units: 1 done, 0 failed, 0 running, 1 missing, 2 damaged")
        .containsPattern("damaged .*: .*" + files.get(0).getFileName())
        .containsPattern("missing .*: .*" + files.get(2).getFileName() + ": it is empty");

    TinySweep.Run report = report();
    assertThat(report.status()).isEqualTo(1);
    assertThat(report.err()).isEmpty();
    assertThat(report.out())
        .contains("left out: 3 of 4 unit files", "Table 1")
        .contains(files.get(0).toString(), files.get(1).toString(), files.get(2).toString())
        .doesNotContain("\tat ");

    TinySweep.Run again = tiny.sweep(config, "out", "local[1]");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("3 unit files that cannot be used, computed anew")
        .contains(files.get(0) + ": its bytes are not those that were written")
        .contains("4 units on 2 videos, 1 done before");
    assertThat(TinySweep.reproducibleRows(out)).isEqualTo(rows);
    assertThat(report().status()).isZero();
  }

  @Test
  void swappedUnitFilesAreNoResultsAndAreComputedAnew() throws IOException {
    List<Path> files = unitFiles();
    byte[] first = Files.readAllBytes(files.get(0));
    Files.write(files.get(0), Files.readAllBytes(files.get(3)));
    Files.write(files.get(3), first);

    TinySweep.Run status = TinySweep.run("status", "--output", out.toString());
    assertThat(status.out())
        .contains("4 units: 2 done, 0 failed, 0 running, 2 missing")
        .contains("and is not named after it");
    assertThat(tiny.sweep(config, "out", "local[1]").status()).isZero();
    assertThat(TinySweep.reproducibleRows(out)).isEqualTo(rows);
  }

  @Test
  void aFileThatIsDamagedWhileItIsReadIsNamed() throws IOException {
    ResultsFolder results = new ResultsFolder(out.toString(), new Configuration());
    UnitInventory before = results.inventory();
    assertThat(results.inventory().changedSince(before)).isEmpty();
    Path file = unitFiles().get(0);
    flip(file);

    assertThat(results.inventory().changedSince(before))
        .get()
        .matches(failure -> FailureMessages.describe(failure).startsWith("file:" + file));
  }
}
