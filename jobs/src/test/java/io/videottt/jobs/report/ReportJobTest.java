package io.videottt.jobs.report;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.reports.ClassResult;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.Measurement;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.SplitCount;
import io.videottt.reports.VideoResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJobTest {

  private static final double EXACT = 1e-9;

  @TempDir private Path folder;

  private void writeFixedModel(SyntheticResults results) throws IOException {
    // Per frame: 100, (1/2 + 2/3) / 2, (3/4 + 0) / 2; the fourth pixel of the second is ignored.
    results.write(
        unit("0001", Methods.MAE_JOINT_TRAINING, 0),
        frame(0, "0011", "0011"),
        frame(1, "00119", "01110"));
    results.write(unit("0002", Methods.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));
  }

  private List<Measurement> measurements(Optional<Set<ResultLabel>> units) throws IOException {
    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      return new ReportJob(spark).measurements(folder.toString(), units);
    }
  }

  @Test
  void bothProtocolsAndTheDifferenceAreExact() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    for (long seed : List.of(0L, 1L)) {
      results.write(
          unit("0001", Methods.ONLINE_TTT_MAE, seed),
          frame(0, "0011", "0011"),
          frame(1, "0011", "0011"));
      results.write(
          unit("0002", Methods.ONLINE_TTT_MAE, seed),
          frame(0, "0001", seed == 0 ? "0001" : "0000"));
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
    // Case 22: videos of one and two frames say nothing about others.
    assertThat(online.difference().orElseThrow().sameVideos().gap())
        .hasValueSatisfying(gap -> assertThat(gap).contains("fewer than 3 blocks"));
    assertThat(online.difference().orElseThrow().newVideos().exists()).isFalse();
    assertThat(online.coverage().isUsual()).isTrue();
    assertThat(online.seconds().medians().total()).isCloseTo(0.375, within(EXACT));
    assertThat(online.seconds().adapt()).isCloseTo(0.25, within(EXACT));
    assertThat(online.seconds().total()).isCloseTo(0.375, within(EXACT));
  }

  @Test
  void framesWithoutGroundTruthCountForTheWeightAndTheTimeOnly() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(
        unit("0001", Methods.MAE_JOINT_TRAINING, 0),
        frame(0, "0011", "0011"),
        unannotated(1),
        unannotated(2));
    results.write(unit("0002", Methods.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));

    Measurement fixed = measurements(Optional.empty()).get(0);

    assertThat(fixed.frames()).isEqualTo(2);
    assertThat(fixed.frameMean()).isCloseTo((3 * 100 + 37.5) / 4, within(EXACT));
    assertThat(fixed.seconds().adapt()).isCloseTo(0.25, within(EXACT));
  }

  @Test
  void everyVideoAndEveryClassHasItsOwnResult() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    results.write(
        unit("0001", Methods.ONLINE_TTT_MAE, 0),
        frame(0, "0011", "0011"),
        frame(1, "0011", "0011"));
    results.write(unit("0002", Methods.ONLINE_TTT_MAE, 0), frame(0, "0001", "0001"));

    List<Measurement> measurements = measurements(Optional.empty());

    double first = (100 + 100 * (0.5 + 2.0 / 3) / 2) / 2;
    assertThat(measurements.get(0).perVideo())
        .extracting(VideoResult::video, VideoResult::frames, VideoResult::evaluatedFrames)
        .containsExactly(tuple("0001", 2L, 2L), tuple("0002", 1L, 1L));
    assertThat(measurements.get(0).perVideo())
        .allSatisfy(video -> assertThat(video.difference()).isEmpty());
    assertThat(measurements.get(0).perVideo().get(0).frameMean()).isCloseTo(first, within(EXACT));
    VideoResult gained = measurements.get(1).perVideo().get(1);
    assertThat(gained.frameMean()).isCloseTo(100, within(EXACT));
    assertThat(gained.difference().orElseThrow().estimate()).isCloseTo(62.5, within(EXACT));
    assertThat(gained.difference().orElseThrow().sameVideos().exists()).isFalse();
    assertThat(gained.difference().orElseThrow().baseline()).isCloseTo(37.5, within(EXACT));
    assertThat(gained.difference().orElseThrow().frames()).isEqualTo(1);
    assertThat(measurements.get(0).perClass())
        .extracting(ClassResult::classId)
        .containsExactly(0, 1);
    assertThat(measurements.get(0).perClass().get(0).value())
        .isCloseTo(100 * 6.0 / 8, within(EXACT));
    assertThat(measurements.get(0).perClass().get(1).value())
        .isCloseTo(100 * 4.0 / 6, within(EXACT));
  }

  /** Each trained model's fixed and online frame, all of one video of one frame. */
  private static void writeTrainedModel(
      SyntheticResults results, long trainingSeed, String fixed, String... online)
      throws IOException {
    String fingerprint = "f00d" + trainingSeed;
    results.write(
        unit(Task.SEMANTIC, "0001", Methods.MAE_JOINT_TRAINING, 0, trainingSeed, fingerprint),
        frame(0, "0001", fixed));
    for (int seed = 0; seed < online.length; seed++) {
      results.write(
          unit(Task.SEMANTIC, "0001", Methods.ONLINE_TTT_MAE, seed, trainingSeed, fingerprint),
          frame(0, "0001", online[seed]));
    }
  }

  @Test
  void eachTrainedModelIsComparedWithItselfAndCountsTheSame() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    // 37.5 and 100; 100 and twice 37.5.
    writeTrainedModel(results, 1, "0000", "0001");
    writeTrainedModel(results, 2, "0001", "0000", "0000");

    List<Measurement> measurements = measurements(Optional.empty());

    assertThat(measurements).hasSize(2);
    Measurement fixed = measurements.get(0);
    assertThat(fixed.frameMean()).isCloseTo(68.75, within(EXACT));
    assertThat(fixed.repetitions().trainingSeeds()).isEqualTo(2);
    assertThat(fixed.repetitions().seedDeviation()).isEmpty();
    Measurement online = measurements.get(1);
    assertThat(online.frameMean()).isCloseTo(68.75, within(EXACT));
    assertThat(online.pooled().get(PooledMetric.MIOU)).isCloseTo(68.75, within(EXACT));
    assertThat(online.repetitions().seeds()).isEqualTo(2);
    assertThat(online.repetitions().trainingSeeds()).isEqualTo(2);
    assertThat(online.repetitions().seedDeviation().orElseThrow()).isZero();
    // Of 100 and 37.5.
    assertThat(online.repetitions().trainingDeviation().orElseThrow())
        .isCloseTo(62.5 / Math.sqrt(2), within(EXACT));
    // One model gains 62.5, the other loses as much, with either seed.
    assertThat(online.difference().orElseThrow().estimate()).isCloseTo(0, within(EXACT));
  }

  @Test
  void filesFromBeforeTrainingSeedsCountAsOfSeedZero() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    Unit unit = unit("0001", Methods.MAE_JOINT_TRAINING, 0);
    Path file =
        folder.resolve(
            "metrics/dataset=tiny/task=semantic/method=mae-joint-training/video=0001/%s.parquet"
                .formatted(unit.id()));
    List<Measurement> before = measurements(Optional.empty());
    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      Path old = folder.resolve("old");
      spark
          .read()
          .parquet(file.toString())
          .drop(MetricsSchema.TRAINING_SEED)
          .coalesce(1)
          .write()
          .parquet(old.toString());
      try (Stream<Path> parts = Files.list(old)) {
        Path part = parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    assertThat(measurements(Optional.empty())).isEqualTo(before);
  }

  @Test
  void dataSetsAreCountedOnceHoweverManyMethodsRan() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    results.write(
        unit("0001", Methods.ONLINE_TTT_MAE, 0), frame(0, "0011", "0011"), unannotated(1));

    assertThat(dataSets())
        .containsExactly(
            new DataSetSummary(
                "tiny",
                "tiny",
                List.of("test"),
                List.of(new SplitCount("test", 3, OptionalLong.empty())),
                2,
                3,
                3,
                OptionalDouble.empty(),
                List.of()));

    results.describeDataSet();
    assertThat(dataSets())
        .containsExactly(
            new DataSetSummary(
                "tiny",
                "Tiny Streets",
                List.of("test"),
                List.of(new SplitCount("test", 3, OptionalLong.empty())),
                2,
                3,
                3,
                OptionalDouble.of(10),
                List.of("class 0", "class 1", "class 2")));
  }

  private List<DataSetSummary> dataSets() throws IOException {
    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      return new ReportJob(spark).results(folder.toString(), Optional.empty()).dataSets();
    }
  }

  @Test
  void aDamagedDescriptionOfADataSetIsNamed() throws IOException {
    writeFixedModel(new SyntheticResults(folder));
    Path file = Files.createDirectory(folder.resolve("datasets")).resolve("tiny.json");
    for (String content : List.of("", "null", "{\"version\": 1}", "{\"version\": 7}")) {
      Files.writeString(file, content);
      assertThatThrownBy(this::dataSets)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("tiny.json");
    }
  }

  @Test
  void onlyTheUnitsAskedForCount() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    writeFixedModel(results);
    Set<ResultLabel> one = Set.of(ResultLabel.of(unit("0002", Methods.MAE_JOINT_TRAINING, 0)));

    Measurement fixed = measurements(Optional.of(one)).get(0);

    assertThat(fixed.videos()).isEqualTo(1);
    assertThat(fixed.frameMean()).isCloseTo(37.5, within(EXACT));
  }

  @Test
  void theReportCommandWritesEveryTableInEveryFormat() throws IOException {
    writeFixedModel(new SyntheticResults(folder.resolve("results")));
    Path tables = folder.resolve("tables");

    TinySweep.Run run = TinySweep.report(folder.resolve("results"), tables);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(tables))
        .containsExactly(
            "classes-tiny-test-semantic.csv",
            "classes-tiny-test-semantic.md",
            "classes-tiny-test-semantic.tex",
            "figures/bars-tiny-test-semantic.png",
            "figures/bars-tiny-test-semantic.svg",
            "figures/cost-tiny-test-semantic.png",
            "figures/cost-tiny-test-semantic.svg",
            "figures/over-time-tiny-test-semantic-0001.png",
            "figures/over-time-tiny-test-semantic-0001.svg",
            "figures/over-time-tiny-test-semantic-0002.png",
            "figures/over-time-tiny-test-semantic-0002.svg",
            "index.html",
            "table1-tiny-test-semantic.csv",
            "table1-tiny-test-semantic.md",
            "table1-tiny-test-semantic.tex",
            "table2.csv",
            "table2.md",
            "table2.tex",
            "table4-tiny-test-semantic.csv",
            "table4-tiny-test-semantic.md",
            "table4-tiny-test-semantic.tex",
            "verdict.md",
            "verdict.txt",
            "videos-released-tiny-test-semantic.csv",
            "videos-released-tiny-test-semantic.md",
            "videos-released-tiny-test-semantic.tex",
            "videos-tiny-test-semantic.csv",
            "videos-tiny-test-semantic.md",
            "videos-tiny-test-semantic.tex",
            TableFiles.LIST);
    assertThat(Files.readString(tables.resolve("verdict.txt")))
        .isEqualTo(
            """
            tiny, semantic segmentation
              Only the fixed model was run: there is nothing to hold it against.

            """);
    assertThat(run.out()).endsWith(Files.readString(tables.resolve("verdict.txt")));
    assertThat(Files.readString(tables.resolve("table1-tiny-test-semantic.csv")))
        .contains(
            "independent frames,MAE Joint"
                + " Training,65.28,70.83,65.28,,,,3,0.375,0.375,0.010,0.010,0.250,0.250");
  }

  @Test
  void aFolderWithoutResultsIsOneLine() {
    TinySweep.Run run = TinySweep.report(folder, folder);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSize(1);
  }
}
