package io.videottt.jobs.results;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of a method from somebody's own jar, reported where that jar is not. */
class UnknownMethodTest {

  /** As long as the name that it takes the place of. */
  private static final String UNKNOWN = "cotta-averages";

  @TempDir private Path folder;

  @Test
  void resultsOfAMethodWithoutAClassAreShownUnderItsName() throws IOException {
    Path out = folder.resolve("out");
    SyntheticResults synthetic = new SyntheticResults(out);
    synthetic.describeDataSet();
    Unit fixed = SyntheticResults.unit("v", Methods.MAE_JOINT_TRAINING, 0);
    synthetic.write(fixed, frame(0, "0011", "0010"), frame(1, "0011", "0110"));
    Unit online = SyntheticResults.unit("v", Methods.ONLINE_TTT_MAE, 0);
    synthetic.write(online, frame(0, "0011", "0011"), frame(1, "0011", "0010"));
    rename(out, online);

    TinySweep.Run report = TinySweep.report(out, folder.resolve("report"));

    assertThat(report.status()).as(report.err()).isZero();
    assertThat(report.out()).contains(UNKNOWN);
    assertThat(Files.readString(folder.resolve("report/table1-tiny-test-semantic.csv")))
        .containsPattern("," + UNKNOWN + ",79.17,.*,yes\r\n");
    assertThat(Files.readString(folder.resolve("report/index.html")))
        .contains("methods outside the paper", UNKNOWN, "no class for");
  }

  private static void rename(Path out, Unit unit) throws IOException {
    Path file =
        Path.of(new ResultsFolder(out.toString(), new Configuration()).metricsFile(unit).toUri());
    String whole = Files.readString(file, StandardCharsets.ISO_8859_1);
    String known = Methods.ONLINE_TTT_MAE.id();
    Path place = Path.of(file.toString().replace("method=" + known, "method=" + UNKNOWN));
    Files.createDirectories(place.getParent());
    // Without the checksum that it no longer fits.
    Files.writeString(
        place,
        whole
            .replace("\"method\":\"" + known + "\"", "\"method\":\"" + UNKNOWN + "\"")
            .replace(FileChecksum.KEY, "x".repeat(FileChecksum.KEY.length()))
            .replace("videottt-sha256:", "videottt-sha999:"),
        StandardCharsets.ISO_8859_1);
    Files.delete(file);
  }
}
