package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaperTablesTest {

  private static final EvaluationSet CAMVID = new EvaluationSet("camvid", "test", "semantic");
  private static final EvaluationSet KITTI_VAL = new EvaluationSet("kitti-step", "val", "semantic");
  private static final EvaluationSet KITTI_TEST =
      new EvaluationSet("kitti-step", "test", "semantic");

  private static Measurement measurement(
      EvaluationSet set, String method, String variant, boolean control, double frameMean) {
    Optional<Difference> difference =
        method.equals("online-ttt-mae")
            ? Optional.of(new Difference(1.5, -0.25, 3.125))
            : Optional.empty();
    return new Measurement(
        set,
        "small",
        method,
        "Title of " + method,
        variant,
        control,
        1,
        124,
        1,
        frameMean,
        frameMean + 1,
        difference,
        new SecondsPerFrame(0.01, 0.5, 0.25, 0.001));
  }

  private static List<Table> tables(Measurement... measurements) {
    return new PaperTables(PublishedResults.load(), List.of(measurements)).all();
  }

  @Test
  void anotherDataSetGetsTheSameRowsWithoutPublishedNumbers() {
    Table table =
        tables(
                measurement(CAMVID, "online-ttt-mae", "", false, 19.45),
                measurement(CAMVID, "foreign-frames", "", true, 15.5))
            .get(0);

    assertThat(table.name()).isEqualTo("table1-camvid-test-semantic");
    assertThat(table.header())
        .containsExactly(
            "Setting",
            "Method",
            "mIoU frame mean",
            "mIoU pooled",
            "Difference to fixed",
            "95 % interval",
            "s/frame",
            "load",
            "adapt",
            "predict",
            "evaluate");
    assertThat(table.rows()).hasSize(10);
    assertThat(table.rows().get(0))
        .containsExactly(
            "independent frames", "Main Task Only", "-", "-", "-", "-", "-", "-", "-", "-", "-");
    assertThat(table.rows().get(9))
        .containsExactly(
            "stream",
            "Online TTT-MAE",
            "19.45",
            "20.45",
            "+1.50",
            "[-0.25, +3.13]",
            "0.750",
            "0.010",
            "0.500",
            "0.250",
            "0.001");
    assertThat(table.controls())
        .singleElement()
        .satisfies(row -> assertThat(row).startsWith("", "Title of foreign-frames", "15.50"));
  }

  @Test
  void thePapersDataGetThePapersColumnsWithPublishedNumbers() {
    Table table =
        tables(
                measurement(KITTI_VAL, "online-ttt-mae", "", false, 56.0),
                measurement(KITTI_TEST, "main-task-only", "", false, 51.0))
            .get(0);

    assertThat(table.name()).isEqualTo("table1");
    assertThat(table.rows().get(0))
        .containsExactly(
            "independent frames",
            "Main Task Only",
            "-",
            "16.7",
            "-",
            "13.9",
            "-",
            "53.8",
            "51.00",
            "52.5",
            "0.750",
            "1.8");
    assertThat(table.rows().get(7))
        .containsExactly(
            "stream", "Self-Train", "-", "-", "-", "-", "-", "54.7", "-", "54.0", "-", "6.6");
    assertThat(table.rows().get(9))
        .containsExactly(
            "stream",
            "Online TTT-MAE",
            "-",
            "37.6",
            "-",
            "21.7",
            "56.00",
            "55.4",
            "-",
            "54.3",
            "-",
            "4.1");
  }

  @Test
  void thePapersDataAlsoGetTheDifferenceToThePublishedNumber() {
    Table table =
        tables(measurement(KITTI_VAL, "online-ttt-mae", "", false, 56.0)).stream()
            .filter(t -> t.name().equals("table4-kitti-step-val-semantic"))
            .findFirst()
            .orElseThrow();

    assertThat(table.rows()).hasSize(4);
    assertThat(table.rows().get(3).subList(1, 6))
        .containsExactly("Online TTT-MAE", "56.00", "57.00", "55.4", "+0.60");
    assertThat(table.rows().get(0).subList(1, 6))
        .containsExactly("TTT-MAE No Memory", "-", "-", "53.6", "-");
  }

  @Test
  void severalSettingsOfAMethodAreRowsOfTheirOwn() {
    Table table =
        tables(
                measurement(CAMVID, "online-ttt-mae", "k = 4", false, 18),
                measurement(CAMVID, "online-ttt-mae", "k = 16", false, 19))
            .get(0);

    assertThat(table.rows().stream().map(row -> row.get(1)))
        .contains("Online TTT-MAE (k = 4)", "Online TTT-MAE (k = 16)");
  }

  @Test
  void nothingMeasuredGivesNoTable() {
    assertThat(tables()).isEmpty();
  }

  @Test
  void anUndefinedValueIsADash() {
    Table table = tables(measurement(CAMVID, "mae-joint-training", "", false, Double.NaN)).get(0);

    assertThat(table.rows().get(1).get(2)).isEqualTo("-");
  }
}
