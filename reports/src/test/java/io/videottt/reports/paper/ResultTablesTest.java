package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.metrics.Interval;
import io.videottt.reports.ClassResult;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.Released;
import io.videottt.reports.Repetitions;
import io.videottt.reports.Results;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.SplitCount;
import io.videottt.reports.VideoResult;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.source.SourcedTables;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Tables of videos, classes and data sets; what stands out; repetitions of the training. */
class ResultTablesTest {

  private static final SecondsPerFrame.Medians MEDIANS =
      new SecondsPerFrame.Medians(0.7, 0.02, 0.4, 0.2, 0.002);

  private static final EvaluationSet CAMVID = new EvaluationSet("camvid", "test", Task.SEMANTIC);
  private static final String FIXED = "mae-joint-training";
  private static final String ONLINE = "online-ttt-mae";
  private static final String OFFLINE = "offline-ttt-mae-all-frames";
  private static final String FOREIGN = "foreign-frames";

  /** A method on the videos dawn (10 frames, 5 evaluated) and dusk (30 frames, all evaluated). */
  private static Measurement measured(
      String method, Repetitions repetitions, double dawn, double dusk) {
    boolean compared = !method.equals(FIXED);
    Optional<Difference> gain =
        compared
            ? Optional.of(
                new Difference(1.5, Interval.of(-0.25, 3.125), Interval.of(-9, 12.5), 35, 30))
            : Optional.empty();
    double mean = (10 * dawn + 30 * dusk) / 40;
    return new Measurement(
        CAMVID,
        "small",
        method,
        "Title of " + method,
        "",
        method.equals(FOREIGN),
        2,
        35,
        FrameCoverage.usual(35),
        repetitions,
        mean,
        Map.of(PooledMetric.MIOU, mean + 1),
        new Released(OptionalDouble.of(mean - 3), OptionalDouble.empty(), 2, 0),
        gain,
        new SecondsPerFrame(0.01, 0.5, 0.25, 0.001, MEDIANS),
        List.of(
            new VideoResult("dawn", 10, 5, dawn, OptionalDouble.of(dawn - 1), gain),
            new VideoResult("dusk", 30, 30, dusk, OptionalDouble.of(dusk - 2), Optional.empty())),
        List.of(new ClassResult(0, dawn), new ClassResult(2, dusk)));
  }

  private static Measurement measured(String method, double dawn, double dusk) {
    return measured(method, Repetitions.SINGLE, dawn, dusk);
  }

  private static DataSetSummary camvid(OptionalDouble rate, List<String> classes) {
    return new DataSetSummary(
        "camvid", "CamVid", List.of("test"), List.of(), 2, 40, 35, rate, classes);
  }

  private static List<Table> paper(MissingReasons reasons, Measurement... measurements) {
    DataSetSummary camvid = camvid(OptionalDouble.of(2.5), List.of("sky", "road", "car"));
    return SourcedTables.of(new Results(List.of(measurements), List.of(camvid)), reasons);
  }

  private static Table table(String name, Measurement... measurements) {
    return paper((method, task) -> Optional.empty(), measurements).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Measurement[] four() {
    return new Measurement[] {
      measured(FIXED, 20, 40),
      measured(FOREIGN, 90, 90),
      measured(OFFLINE, 30, 40.001),
      measured(ONLINE, 10, 50)
    };
  }

  @Test
  void everyVideoIsARowWithTheMethodsInThePapersOrderAndControlsMarked() {
    Table table = table("videos-camvid-test-semantic", four());

    assertThat(table.header())
        .containsExactly(
            "Video",
            "Frames",
            "Evaluated",
            "Title of mae-joint-training",
            "Title of offline-ttt-mae-all-frames",
            "Title of online-ttt-mae",
            "control: Title of foreign-frames");
    assertThat(table.rows())
        .containsExactly(
            List.of("dawn", "10", "5", "20.00", "30.00", "10.00", "90.00"),
            List.of("dusk", "30", "30", "40.00", "40.00", "50.00", "90.00"),
            List.of("all", "40", "35", "35.00", "37.50", "40.00", "90.00"));
    assertThat(table.best()).as("the intervals span zero").isEmpty();
    assertThat(table.notes()).anyMatch(note -> note.contains("is an oracle"));
  }

  @Test
  void everyVideoAlsoHasItsValueByTheReleasedProtocol() {
    Table table = table("videos-released-camvid-test-semantic", four());

    assertThat(table.rows())
        .containsExactly(
            List.of("dawn", "10", "5", "19.00", "29.00", "9.00", "89.00"),
            List.of("dusk", "30", "30", "38.00", "38.00", "48.00", "88.00"),
            List.of("all", "40", "35", "32.00", "34.50", "37.00", "87.00"));
    assertThat(table.notes())
        .anyMatch(note -> note.startsWith("Released: the protocol of the paper's released code"))
        .contains(
            "2 annotated frames have no mIoU released and are left out; the released code would"
                + " print none for their videos.");
  }

  @Test
  void theGainOverTheFixedModelStandsWithItsIntervalForEveryVideo() {
    Table table = table("videos-gain-camvid-test-semantic", four());

    assertThat(table.header().subList(3, 6))
        .containsExactly(
            "Title of offline-ttt-mae-all-frames",
            "Title of online-ttt-mae",
            "control: Title of foreign-frames");
    String gain = "+1.50 [-0.25, +3.13]";
    assertThat(table.rows())
        .containsExactly(
            List.of("dawn", "10", "5", gain, gain, gain),
            List.of("dusk", "30", "30", "-", "-", "-"),
            List.of("all", "40", "35", gain, gain, gain));
  }

  @Test
  void everyClassWithAValueIsARowWithItsName() {
    Table table = table("classes-camvid-test-semantic", four());

    assertThat(table.rows())
        .containsExactly(
            List.of("sky", "20.00", "30.00", "10.00", "90.00"),
            List.of("car", "40.00", "40.00", "50.00", "90.00"),
            List.of("mean", "36.00", "38.50", "41.00", "91.00"));
    assertThat(table.best()).as("classes have no intervals").isEmpty();
  }

  @Test
  void theSpreadOverTrainedModelsStandsApartFromThatOverSeeds() {
    Repetitions repetitions =
        new Repetitions(3, 2, OptionalDouble.of(0.123), OptionalDouble.of(1.987));
    Table table =
        table(
            "table4-camvid-test-semantic",
            measured(FIXED, 20, 40),
            measured(ONLINE, repetitions, 30, 40));

    assertThat(table.header().subList(5, 12))
        .containsExactly(
            "Difference to fixed",
            "95 % interval",
            "95 % over videos",
            "sd seeds",
            "sd training",
            "Frames",
            "s/frame");
    assertThat(table.rows().get(3).subList(1, 12))
        .containsExactly(
            "Online TTT-MAE",
            "37.50",
            "38.50",
            "34.50",
            "+1.50",
            "[-0.25, +3.13]",
            "[-9.00, +12.50]",
            "0.12",
            "1.99",
            "35",
            "0.750");
    assertThat(table.notes().get(0)).contains("3 seeds of each of 2 trained models");
    assertThat(table.notes()).anyMatch(note -> note.startsWith("sd training: standard deviation"));
  }

  @Test
  void tableTwoHasThePapersRowsAndThenTheOthers() {
    Table table = table("table2", four());

    assertThat(table.rows()).hasSize(6);
    assertThat(table.rows().get(1))
        .containsExactly("DAVIS", "-", "-", "-", "-", "3.5", "-", "3455", "-", "30", "-", "-");
    assertThat(table.rows().get(5))
        .containsExactly("CamVid", "test", "2", "35", "8.0", "-", "40", "-", "2.5", "-", "3", "-");
    assertThat(table.notes()).hasSize(1);
  }

  @Test
  void thePapersDataStandInThePapersRow() {
    DataSetSummary kitti =
        new DataSetSummary(
            "kitti-step",
            "KITTI-STEP",
            List.of("test", "val"),
            List.of(),
            21,
            8008,
            8008,
            OptionalDouble.of(10),
            List.of("road"));
    Table table = DataSetTable.of(PublishedResults.load().dataSets(), List.of(kitti));

    assertThat(table.rows()).hasSize(5);
    assertThat(table.rows().get(3))
        .containsExactly(
            "KITTI-STEP",
            "test; val",
            "21",
            "8008",
            "38.1",
            "40",
            "8008",
            "8008",
            "10",
            "10",
            "1",
            "19");
  }

  @Test
  void whatTheResultsDoNotTellIsADashAndSaid() {
    Table table = DataSetTable.of(List.of(), List.of(camvid(OptionalDouble.empty(), List.of())));

    assertThat(table.rows().get(0))
        .containsExactly("CamVid", "test", "2", "35", "-", "-", "40", "-", "-", "-", "-", "-");
    assertThat(table.notes().get(1)).contains("CamVid");
  }

  @Test
  void aMethodThatCannotBeRunForATaskSaysWhy() {
    MissingReasons reasons =
        (method, task) ->
            method.equals("self-train") && task == Task.SEMANTIC
                ? Optional.of("It is a reason.")
                : Optional.empty();

    List<Table> tables = paper(reasons, four());

    assertThat(tables.get(0).notes()).contains("No mIoU for Self-Train: It is a reason.");
    assertThat(tables.get(1).notes())
        .as("Table 4 has no such row")
        .noneMatch(note -> note.contains("It is a reason"));
  }

  @Test
  void aRunOverPartOfPublishedDataSaysHowMuchUnderEveryTable() {
    EvaluationSet val = new EvaluationSet("kitti-step", "val", Task.SEMANTIC);
    DataSetSummary part =
        new DataSetSummary(
            "kitti-step",
            "KITTI-STEP",
            List.of("val"),
            List.of(new SplitCount("val", 84, OptionalLong.of(2981))),
            1,
            84,
            84,
            OptionalDouble.of(10),
            List.of("road"));
    Measurement measured = PaperTablesTest.measurement(val, FIXED, "", false, 50);
    List<Table> tables = SourcedTables.of(new Results(List.of(measured), List.of(part)));

    assertThat(tables)
        .hasSizeGreaterThan(4)
        .allSatisfy(
            table ->
                assertThat(table.notes())
                    .contains(
                        "Part of the published data: 84 of 8,008 frames of KITTI-STEP, 84 of 2,981"
                            + " frames of val."));
  }

  @Test
  void aRunOverAllOfASplitSaysNothingOfItButOfTheDataSet() {
    DataSetSummary whole =
        new DataSetSummary(
            "camvid",
            "CamVid",
            List.of("test"),
            List.of(new SplitCount("test", 124, OptionalLong.of(124))),
            1,
            124,
            124,
            OptionalDouble.of(1),
            List.of());
    Table table = new Table("t", "c", List.of("a"), 1, List.of(), List.of(), List.of("A note."));

    assertThat(
            new Portions(PublishedResults.load().dataSets(), List.of(whole))
                .noted(table, List.of(CAMVID)))
        .isEqualTo(table);
  }
}
