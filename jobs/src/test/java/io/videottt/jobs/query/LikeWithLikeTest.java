package io.videottt.jobs.query;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.SharedCases;
import io.videottt.jobs.report.ReportJob;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.SecondsPerFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases 17, 22 and 30: what is compared or averaged is over the same frames and settings. */
class LikeWithLikeTest {

  private static final double EXACT = 1e-9;
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = SyntheticResults.session();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private List<Measurement> measurements() throws IOException {
    return measurements(folder);
  }

  private static List<Measurement> measurements(Path results) throws IOException {
    return new ReportJob(spark).measurements(results.toString(), Optional.empty());
  }

  private static Unit withSettings(Unit unit, String variant, AdaptationSettings settings) {
    return new Unit(
        new Adaptation(
            unit.dataset(),
            unit.split(),
            unit.video(),
            unit.frames(),
            unit.method(),
            variant,
            settings,
            unit.seed(),
            unit.model(),
            unit.adaptation().trainingSeed(),
            unit.adaptation().modelFolder(),
            unit.adaptation().modelFingerprint(),
            unit.adaptation().trainingImages(),
            unit.adaptation().resultVersion()),
        unit.task());
  }

  private static Unit withVersion(Unit unit, int version) {
    return new Unit(
        new Adaptation(
            unit.dataset(),
            unit.split(),
            unit.video(),
            unit.frames(),
            unit.method(),
            unit.variant(),
            unit.settings(),
            unit.seed(),
            unit.model(),
            unit.adaptation().trainingSeed(),
            unit.adaptation().modelFolder(),
            unit.adaptation().modelFingerprint(),
            unit.adaptation().trainingImages(),
            version),
        unit.task());
  }

  @Test
  void aVideoThatIsMissingIsMarkedAndTheDifferenceIsOverTheCommonFrames() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    for (Method method : List.of(Methods.MAE_JOINT_TRAINING, Methods.LN_ADAPT)) {
      results.write(unit("a", method, 0), frame(0, "0001", "0000"), frame(1, "0011", "0011"));
      results.write(unit("b", method, 0), frame(0, "0011", "0011"));
    }
    results.write(unit("a", Methods.ONLINE_TTT_MAE, 0), frame(0, "0001", "0001"), unannotated(1));

    List<Measurement> measurements = measurements();

    Measurement fixed = measurements.get(1);
    assertThat(fixed.method()).isEqualTo("mae-joint-training");
    assertThat(fixed.coverage()).isEqualTo(FrameCoverage.usual(3));
    Measurement online = measurements.get(2);
    assertThat(online.coverage())
        .isEqualTo(
            new FrameCoverage(
                1,
                1,
                3,
                List.of(
                    new FrameCoverage.OfVideo("a", 1, 2), new FrameCoverage.OfVideo("b", 0, 1))));
    assertThat(online.difference().orElseThrow().estimate()).isCloseTo(62.5, within(EXACT));
    assertThat(online.difference().orElseThrow().frames()).isEqualTo(1);
    assertThat(online.difference().orElseThrow().baseline()).isCloseTo(37.5, within(EXACT));
  }

  @Test
  void aSeedThatLacksAVideoIsMarked() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(unit("a", Methods.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));
    results.write(unit("b", Methods.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));
    results.write(unit("a", Methods.ONLINE_TTT_MAE, 0), frame(0, "0001", "0000"));
    results.write(unit("b", Methods.ONLINE_TTT_MAE, 0), frame(0, "0001", "0000"));
    results.write(unit("a", Methods.ONLINE_TTT_MAE, 1), frame(0, "0001", "0000"));

    FrameCoverage coverage = measurements().get(1).coverage();

    assertThat(coverage)
        .isEqualTo(new FrameCoverage(2, 1, 2, List.of(new FrameCoverage.OfVideo("b", 0, 1))));
  }

  private static FrameResult slow(int index, double secondsAdapt) {
    FrameResult frame = frame(index, "0001", "0001");
    return new FrameResult(
        index,
        frame.name(),
        frame.task(),
        true,
        frame.score(),
        frame.reconstructionLossBefore(),
        frame.reconstructionLossAfter(),
        frame.gradientNorm(),
        frame.secondsLoad(),
        secondsAdapt,
        frame.secondsPredict(),
        frame.secondsEvaluate());
  }

  @Test
  void medianSecondsDoNotFollowTheSlowFirstFrame() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(unit("a", Methods.ONLINE_TTT_MAE, 0), slow(0, 9), slow(1, 0.5), slow(2, 0.25));

    SecondsPerFrame seconds = measurements().get(0).seconds();

    assertThat(seconds.adapt()).isCloseTo(3.25, within(EXACT));
    assertThat(seconds.medians().adapt()).isEqualTo(0.5);
    assertThat(seconds.medians().total()).isEqualTo(0.625);
    assertThat(seconds.medians().load()).isEqualTo(0.01);
  }

  @Test
  void aFrameThatStandsTwiceInAFileIsRefused() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(
        unit("a", Methods.ONLINE_TTT_MAE, 0), frame(0, "0001", "0000"), frame(0, "0001", "0001"));

    assertThatThrownBy(this::measurements)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("video a holds frame 0 twice");
  }

  @Test
  void case30DifferentSettingsOfOneNameAreRowsThatSayWhatDiffers() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(unit("a", Methods.MAE_JOINT_TRAINING, 0), frame(0, "0001", "0000"));
    Unit online = unit("a", Methods.ONLINE_TTT_MAE, 0);
    AdaptationSettings small = AdaptationSettings.small();
    results.write(online, frame(0, "0001", "0001"));
    results.write(
        withSettings(online, "", small.with(Map.of("learningRate", 0.5), "test")),
        frame(0, "0001", "0000"));

    List<Measurement> measurements = measurements();

    assertThat(measurements)
        .extracting(Measurement::variant)
        .containsExactlyInAnyOrder(
            "", "learningRate=0.5", "learningRate=" + Candidate.text(small.learningRate()));
    assertThat(measurements)
        .filteredOn(m -> m.variant().equals("learningRate=0.5"))
        .singleElement()
        .satisfies(m -> assertThat(m.frameMean()).isCloseTo(37.5, within(EXACT)))
        .satisfies(
            m -> assertThat(m.difference().orElseThrow().estimate()).isCloseTo(0, within(EXACT)));
  }

  @Test
  void otherWeightsAndOtherResultVersionsAreModelsOfTheirOwnWithTheirOwnFixedModel()
      throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    for (Method method : List.of(Methods.MAE_JOINT_TRAINING, Methods.ONLINE_TTT_MAE)) {
      results.write(unit("a", method, 0), frame(0, "0001", "0000"));
      results.write(withVersion(unit("a", method, 0), 7), frame(0, "0001", "0001"));
    }
    assertThat(measurements())
        .extracting(Measurement::model)
        .containsExactly(
            "model (result version 1)",
            "model (result version 1)",
            "model (result version 7)",
            "model (result version 7)");
    assertThat(measurements())
        .filteredOn(m -> m.method().equals("online-ttt-mae"))
        .allSatisfy(m -> assertThat(m.difference().orElseThrow().estimate()).isZero());

    results.write(
        unit(Task.SEMANTIC, "a", Methods.ONLINE_TTT_MAE, 0, null, "0123456789abcdef"),
        frame(0, "0001", "0000"));
    assertThat(measurements())
        .extracting(Measurement::model)
        .contains("model (result version 1) (weights 01234567)");
  }

  @Test
  void aFixedModelServesWhatWasTrainedByEitherVersion() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    Unit fixed = unit("a", Methods.MAE_JOINT_TRAINING, 0);
    Unit online = unit("a", Methods.ONLINE_TTT_MAE, 0);
    results.write(fixed, frame(0, "0001", "0000"));
    results.write(withVersion(online, 3), frame(0, "0001", "0001"));
    assertThat(measurements()).extracting(Measurement::model).containsExactly("model", "model");

    results.write(online, frame(0, "0001", "0000"));

    assertThat(measurements())
        .extracting(Measurement::model)
        .containsExactly(
            "model (result version 1)",
            "model (result version 1)",
            "model (result version 3)",
            "model (result version 3)");
    assertThat(measurements())
        .filteredOn(m -> m.method().equals("online-ttt-mae"))
        .hasSize(2)
        .allSatisfy(m -> assertThat(m.difference()).isPresent());
  }

  @Test
  void unitsThatDifferInNothingAreRefused() {
    UnitRun unit =
        new UnitRun(
            "11111111111111111111111111111111",
            new ResultKey("tiny", "test", Task.SEMANTIC, "model", "online-ttt-mae", ""),
            0,
            3,
            "a",
            "f00d",
            "{\"window\":4}",
            "1",
            "");
    UnitRun same =
        new UnitRun(
            "22222222222222222222222222222222",
            unit.key(),
            0,
            3,
            "a",
            "f00d",
            "{\"window\":4}",
            "1",
            "");

    assertThat(SettingsApart.of(List.of(unit, unit))).containsExactly(unit, unit);
    assertThatThrownBy(() -> SettingsApart.of(List.of(unit, same)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(unit.id())
        .hasMessageContaining(same.id())
        .hasMessageContaining("name them with variant");
  }

  private static Measurement method(List<Measurement> measurements, String method) {
    return measurements.stream().filter(m -> m.method().equals(method)).findFirst().orElseThrow();
  }

  /** The shared folder's own values: 1.26 and 1.29 over nine frames, 1.10 over the common six. */
  @Test
  void case17HasItsValues() throws IOException {
    Path cases = SharedCases.folder("17-report-over-other-frames");

    List<Measurement> whole = measurements(cases.resolve("whole"));
    assertThat(method(whole, "mae-joint-training").frameMean()).isCloseTo(1.29, within(0.005));
    assertThat(method(whole, "online-ttt-mae").frameMean()).isCloseTo(1.26, within(0.005));
    // Case 22: of videos of one to three frames there is no interval.
    assertThat(method(whole, "online-ttt-mae").difference().orElseThrow().sameVideos().exists())
        .isFalse();

    for (String damaged : List.of("missing", "zero-bytes")) {
      List<Measurement> measurements = measurements(cases.resolve(damaged));
      Measurement online = method(measurements, "online-ttt-mae");
      assertThat(online.frameMean()).isCloseTo(1.05, within(0.005));
      assertThat(online.coverage().isUsual()).isFalse();
      assertThat(online.coverage().most()).isEqualTo(6);
      assertThat(online.coverage().usual()).isEqualTo(9);
      assertThat(method(measurements, "mae-joint-training").coverage().isUsual()).isTrue();
      assertThat(online.difference().orElseThrow().frames()).isEqualTo(6);
      assertThat(online.difference().orElseThrow().baseline()).isCloseTo(1.10, within(0.005));
      assertThat(online.difference().orElseThrow().estimate()).isCloseTo(-0.05, within(0.01));
    }
    assertThatThrownBy(() -> measurements(cases.resolve("twice")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("(1).parquet")
        .hasMessageContaining("c83b666c7ddef1a93b84d0777f73cc5d.parquet");
  }
}
