package io.videottt.jobs;

import static io.videottt.jobs.SyntheticResults.frame;
import static io.videottt.jobs.SyntheticResults.unannotated;
import static io.videottt.jobs.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.Method;
import io.videottt.reports.Measurement;
import io.videottt.reports.PooledMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJobTest {

  private static final double EXACT = 1e-9;

  @TempDir private Path folder;

  private void writeFixedModel(SyntheticResults results) throws IOException {
    // Per frame: 100, (1/2 + 2/3) / 2, (3/4 + 0) / 2; the fourth pixel of the second is ignored.
    results.write(
        unit("0001", Method.MAE_JOINT_TRAINING, 0),
        frame(0, "0011", "0011"),
        frame(1, "00119", "01110"));
    results.write(unit("0002", Method.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));
  }

  private List<Measurement> measurements(Optional<Set<UnitLabel>> units) throws IOException {
    try (SparkSession spark = SparkSessions.start("test", new SparkOptions())) {
      return new ReportJob(spark).measurements(folder.toString(), units);
    }
  }

  @Test
  void bothProtocolsAndTheDifferenceAreExact() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    for (long seed : List.of(0L, 1L)) {
      results.write(
          unit("0001", Method.ONLINE_TTT_MAE, seed),
          frame(0, "0011", "0011"),
          frame(1, "0011", "0011"));
      results.write(
          unit("0002", Method.ONLINE_TTT_MAE, seed), frame(0, "0001", seed == 0 ? "0001" : "0000"));
    }

    List<Measurement> measurements = measurements(Optional.empty());

    assertThat(measurements).hasSize(2);
    Measurement fixed = measurements.get(0);
    assertThat(fixed.method()).isEqualTo("mae-joint-training");
    assertThat(fixed.videos()).isEqualTo(2);
    assertThat(fixed.frames()).isEqualTo(3);
    assertThat(fixed.frameMean())
        .isCloseTo((100 + 100 * (0.5 + 2.0 / 3) / 2 + 37.5) / 3, within(EXACT));
    // Class 0: 6 right, 1 missed, 1 too many; class 1: 4 right, 1 missed, 1 too many.
    assertThat(fixed.pooled().get(PooledMetric.MIOU))
        .isCloseTo(100 * (6.0 / 8 + 4.0 / 6) / 2, within(EXACT));
    assertThat(fixed.difference()).isEmpty();
    Measurement online = measurements.get(1);
    assertThat(online.repetitions().seeds()).isEqualTo(2);
    assertThat(online.frameMean()).isCloseTo((100 + (200 + 37.5) / 3) / 2, within(EXACT));
    assertThat(online.difference().orElseThrow().estimate())
        .isCloseTo(online.frameMean() - fixed.frameMean(), within(EXACT));
    assertThat(online.difference().orElseThrow().low())
        .isLessThanOrEqualTo(online.difference().orElseThrow().estimate());
    assertThat(online.seconds().adapt()).isCloseTo(0.25, within(EXACT));
    assertThat(online.seconds().total()).isCloseTo(0.375, within(EXACT));
  }

  @Test
  void framesWithoutGroundTruthCountForTheWeightAndTheTimeOnly() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(
        unit("0001", Method.MAE_JOINT_TRAINING, 0),
        frame(0, "0011", "0011"),
        unannotated(1),
        unannotated(2));
    results.write(unit("0002", Method.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));

    Measurement fixed = measurements(Optional.empty()).get(0);

    assertThat(fixed.frames()).isEqualTo(2);
    assertThat(fixed.frameMean()).isCloseTo((3 * 100 + 37.5) / 4, within(EXACT));
    assertThat(fixed.seconds().adapt()).isCloseTo(0.25, within(EXACT));
  }

  @Test
  void onlyTheUnitsAskedForCount() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    Set<UnitLabel> one = Set.of(UnitLabel.of(unit("0002", Method.MAE_JOINT_TRAINING, 0)));

    Measurement fixed = measurements(Optional.of(one)).get(0);

    assertThat(fixed.videos()).isEqualTo(1);
    assertThat(fixed.frameMean()).isCloseTo(37.5, within(EXACT));
  }

  @Test
  void theReportCommandWritesEveryTableInEveryFormat() throws IOException {
    writeFixedModel(new SyntheticResults(folder.resolve("results")));
    Path tables = folder.resolve("tables");

    TinySweep.Run run =
        TinySweep.run(
            "report",
            "--results",
            folder.resolve("results").toString(),
            "--output",
            tables.toString(),
            "--master",
            "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(tables))
        .containsExactly(
            "table1-tiny-test-semantic.csv",
            "table1-tiny-test-semantic.md",
            "table1-tiny-test-semantic.tex",
            "table4-tiny-test-semantic.csv",
            "table4-tiny-test-semantic.md",
            "table4-tiny-test-semantic.tex",
            TableFiles.LIST);
    assertThat(Files.readString(tables.resolve("table1-tiny-test-semantic.csv")))
        .contains("independent frames,MAE Joint Training,65.28,70.83,,,0.375,0.010,0.250,0.125");
  }

  @Test
  void aFolderWithoutResultsIsOneLine() {
    TinySweep.Run run =
        TinySweep.run(
            "report",
            "--results",
            folder.toString(),
            "--output",
            folder.toString(),
            "--master",
            "local[1]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSize(1);
  }
}
