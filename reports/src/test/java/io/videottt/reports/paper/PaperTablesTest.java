package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.metrics.Interval;
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
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.SourcedTables;
import io.videottt.reports.table.RowGroup;
import io.videottt.reports.table.Table;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaperTablesTest {

  private static final SecondsPerFrame.Medians MEDIANS =
      new SecondsPerFrame.Medians(0.7, 0.02, 0.4, 0.2, 0.002);

  private static final EvaluationSet CAMVID = new EvaluationSet("camvid", "test", Task.SEMANTIC);
  private static final EvaluationSet KITTI_VAL =
      new EvaluationSet("kitti-step", "val", Task.SEMANTIC);
  private static final EvaluationSet KITTI_TEST =
      new EvaluationSet("kitti-step", "test", Task.SEMANTIC);

  private static final MissingReasons NO_REASONS = (method, task) -> Optional.empty();

  static Measurement measurement(
      EvaluationSet set, String method, String variant, boolean control, double frameMean) {
    Optional<Difference> difference =
        method.equals("online-ttt-mae")
            ? Optional.of(
                new Difference(1.5, Interval.of(-0.25, 3.125), Interval.of(-9, 12.5), 35, 30))
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
        FrameCoverage.usual(124),
        Repetitions.SINGLE,
        frameMean,
        pooled(set.task(), frameMean + 1),
        released(set.task(), frameMean),
        difference,
        new SecondsPerFrame(0.01, 0.5, 0.25, 0.001, MEDIANS),
        List.of(),
        List.of());
  }

  /** Two points below the frame mean, per video three. */
  private static Released released(Task task, double frameMean) {
    return new Released(
        Released.defined(frameMean - 2),
        task == Task.SEMANTIC ? OptionalDouble.empty() : Released.defined(frameMean - 3),
        0,
        0);
  }

  private static Map<PooledMetric, Double> pooled(Task task, double first) {
    Map<PooledMetric, Double> pooled = new EnumMap<>(PooledMetric.class);
    for (PooledMetric metric : PooledMetric.of(task)) {
      pooled.put(metric, first + pooled.size());
    }
    return pooled;
  }

  static List<Table> tables(Measurement... measurements) {
    return SourcedTables.of(new Results(List.of(measurements), List.of()), NO_REASONS);
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
            "mIoU released",
            "Difference to fixed",
            "95 % interval",
            "95 % over videos",
            "Frames",
            "s/frame",
            "median",
            "load",
            "median load",
            "adapt",
            "median adapt",
            "predict",
            "median predict",
            "evaluate",
            "median evaluate");
    assertThat(table.rows()).hasSize(10);
    assertThat(table.rows().get(0))
        .startsWith("independent frames", "Main Task Only")
        .endsWith(Collections.nCopies(17, "-").toArray(String[]::new));
    assertThat(table.rows().get(9))
        .containsExactly(
            "stream",
            "Online TTT-MAE",
            "19.45",
            "20.45",
            "17.45",
            "+1.50",
            "[-0.25, +3.13]",
            "[-9.00, +12.50]",
            "124",
            "0.750",
            "0.700",
            "0.010",
            "0.020",
            "0.500",
            "0.400",
            "0.250",
            "0.200",
            "0.001",
            "0.002");
    assertThat(table.apart())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.kind()).isEqualTo(RowGroup.Kind.CONTROL);
              assertThat(group.rows().get(0)).startsWith("", "Title of foreign-frames", "15.50");
            });
  }

  @Test
  void thePapersDataGetThePapersColumnsWithPublishedNumbers() {
    Table table =
        tables(
                measurement(KITTI_VAL, "online-ttt-mae", "", false, 56.0),
                measurement(KITTI_TEST, "main-task-only", "", false, 51.0))
            .get(0);

    assertThat(table.name()).isEqualTo("table1");
    assertThat(table.header())
        .containsExactly(
            "Setting",
            "Method",
            "Instance (AP) released",
            "released per video",
            "published",
            "Panoptic (PQ) released",
            "released per video",
            "published",
            "KITTI-STEP val (mIoU) released",
            "published",
            "KITTI-STEP test (mIoU) released",
            "published",
            "s/frame",
            "median",
            "published");
    assertThat(table.rows().get(0))
        .containsExactly(
            "independent frames",
            "Main Task Only",
            "-",
            "-",
            "16.7",
            "-",
            "-",
            "13.9",
            "-",
            "53.8",
            "49.00",
            "52.5",
            "0.750",
            "0.700",
            "1.8");
    assertThat(table.rows().get(7))
        .containsExactly(
            "stream",
            "Self-Train",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "54.7",
            "-",
            "54.0",
            "-",
            "-",
            "6.6");
    assertThat(table.rows().get(9))
        .containsExactly(
            "stream",
            "Online TTT-MAE",
            "-",
            "-",
            "37.6",
            "-",
            "-",
            "21.7",
            "54.00",
            "55.4",
            "-",
            "54.3",
            "-",
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
    assertThat(table.header().subList(2, 7))
        .containsExactly(
            "mIoU frame mean", "mIoU pooled", "mIoU released", "published", "released - published");
    assertThat(table.rows().get(3).subList(1, 7))
        .containsExactly("Online TTT-MAE", "56.00", "57.00", "54.00", "55.4", "-1.40");
    assertThat(table.rows().get(0).subList(1, 7))
        .containsExactly("TTT-MAE No Memory", "-", "-", "-", "53.6", "-");
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

  @Test
  void severalTasksOnTheSameVideosShareATableOfThePapersForm() {
    EvaluationSet instance = new EvaluationSet("camvid", "test", Task.INSTANCE);
    EvaluationSet panoptic = new EvaluationSet("camvid", "test", Task.PANOPTIC);
    List<Table> tables =
        tables(
            measurement(CAMVID, "online-ttt-mae", "", false, 19.45),
            measurement(instance, "online-ttt-mae", "", false, 12.5),
            measurement(panoptic, "online-ttt-mae", "", false, 14),
            measurement(panoptic, "foreign-frames", "", true, 13));

    assertThat(tables.stream().map(Table::name))
        .containsExactly(
            "table1-camvid-test",
            "table1-camvid-test-semantic",
            "table1-camvid-test-instance",
            "table1-camvid-test-panoptic",
            "table4-camvid-test",
            "table4-camvid-test-semantic",
            "table4-camvid-test-instance",
            "table4-camvid-test-panoptic");
    Table all = tables.get(0);
    assertThat(all.header())
        .containsExactly(
            "Setting",
            "Method",
            "Instance (AP)",
            "released",
            "Panoptic (PQ)",
            "released",
            "Semantic (mIoU)",
            "released",
            "s/frame",
            "median");
    assertThat(all.rows().get(9))
        .containsExactly(
            "stream",
            "Online TTT-MAE",
            "12.50",
            "10.50",
            "14.00",
            "12.00",
            "19.45",
            "17.45",
            "0.750",
            "0.700");
    assertThat(all.apart())
        .containsExactly(
            RowGroup.controls(
                List.of(
                    List.of(
                        "",
                        "Title of foreign-frames",
                        "-",
                        "-",
                        "13.00",
                        "11.00",
                        "-",
                        "-",
                        "-",
                        "-"))));
    assertThat(tables.get(2).header())
        .startsWith("Setting", "Method", "AP frame mean", "AP pooled", "AP50 pooled", "AP75 pooled")
        .contains("AP small pooled", "AP medium pooled", "AP large pooled");
    assertThat(tables.get(3).header().subList(2, 10))
        .containsExactly(
            "PQ frame mean",
            "PQ pooled",
            "SQ pooled",
            "RQ pooled",
            "PQ things pooled",
            "PQ stuff pooled",
            "PQ released",
            "PQ released per video");
    assertThat(tables.get(3).rows().get(9).subList(2, 10))
        .containsExactly("14.00", "15.00", "16.00", "17.00", "18.00", "19.00", "12.00", "11.00");
  }

  @Test
  void theSummaryLeavesOutTheDetailsWhereAnOverviewHasEveryTask() {
    EvaluationSet panoptic = new EvaluationSet("camvid", "test", Task.PANOPTIC);
    Measurement semantic = measurement(CAMVID, "online-ttt-mae", "", false, 19.45);
    Measurement segments = measurement(panoptic, "online-ttt-mae", "", false, 9.5);

    assertThat(summary(semantic, segments))
        .extracting(Table::name)
        .containsExactly("table1-camvid-test", "table4-camvid-test");
    assertThat(summary(semantic))
        .extracting(Table::name)
        .containsExactly("table1-camvid-test-semantic", "table4-camvid-test-semantic");
  }

  private static List<Table> summary(Measurement... measurements) {
    return SourcedTables.report(
            new Results(List.of(measurements), List.of()), NO_REASONS, List.of())
        .at(ReportTable.Place.RESULTS);
  }

  @Test
  void cocoVideosFillThePapersInstanceAndPanopticColumns() {
    List<Table> tables =
        tables(
            measurement(PaperColumn.INSTANCE.set(), "online-ttt-mae", "", false, 36.5),
            measurement(PaperColumn.PANOPTIC.set(), "online-ttt-mae", "", false, 21));

    assertThat(tables.stream().map(Table::name))
        .containsExactly(
            "table1",
            "table1-coco-videos-test-instance",
            "table1-coco-videos-test-panoptic",
            "table4",
            "table4-coco-videos-test-instance",
            "table4-coco-videos-test-panoptic");
    assertThat(tables.get(0).rows().get(9).subList(1, 10))
        .containsExactly(
            "Online TTT-MAE", "34.50", "33.50", "37.6", "19.00", "18.00", "21.7", "-", "55.4");
    assertThat(tables.get(3).rows().get(3).subList(1, 8))
        .containsExactly("Online TTT-MAE", "34.50", "33.50", "37.6", "19.00", "18.00", "21.7");
    Table instance = tables.get(1);
    int published = instance.header().indexOf("published");
    assertThat(instance.rows().get(9).subList(published, published + 2))
        .containsExactly("37.6", "-3.10");
    assertThat(instance.rows().get(0).get(published)).isEqualTo("16.7");
  }
}
