package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measured;
import io.videottt.reports.Measurement;
import io.videottt.reports.PerceptualMetric;
import io.videottt.reports.PerceptualResult;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.Released;
import io.videottt.reports.Repetitions;
import io.videottt.reports.Results;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The paper's Table 3. */
class ColourTableTest {

  private static final EvaluationSet STREETS =
      new EvaluationSet("streets", "clear", Task.COLORIZATION);

  private static final PerceptualResult SEEN =
      new PerceptualResult(
          Map.of(
              PerceptualMetric.FID, 41.256,
              PerceptualMetric.INCEPTION_SCORE, 3.5,
              PerceptualMetric.INCEPTION_DEVIATION, 0.125),
          Map.of(PerceptualMetric.LPIPS, "no network"));
  private static final PerceptualResult UNSEEN =
      new PerceptualResult(
          Map.of(),
          Map.of(
              PerceptualMetric.FID, "a network has seen 3 of 80 frames",
              PerceptualMetric.LPIPS, "no network"));

  private static Measurement measured(
      EvaluationSet set, String method, String title, double mean, Optional<Double> gain) {
    return new Measurement(
        set,
        "chroma",
        method,
        title,
        "",
        false,
        2,
        80,
        FrameCoverage.usual(80),
        Repetitions.SINGLE,
        mean,
        Map.of(
            PooledMetric.PSNR, mean - 1,
            PooledMetric.SSIM, 0.91234,
            PooledMetric.COLOURFULNESS, 20.0,
            PooledMetric.TRUE_COLOURFULNESS, 31.5,
            PooledMetric.FLICKER, -0.1234),
        gain.isPresent() ? SEEN : UNSEEN,
        Released.NONE,
        gain.map(by -> Measured.difference(by, by - 0.1, by + 0.1)),
        new SecondsPerFrame(0, 0.25, 0.125, 0, SecondsPerFrame.Medians.UNKNOWN),
        List.of(),
        List.of());
  }

  private static List<ReportTable> tables(EvaluationSet set) {
    List<Measurement> all =
        List.of(
            measured(set, "mae-joint-training", "MAE Joint Training", 24, Optional.empty()),
            measured(set, "online-ttt-mae", "Online TTT-MAE", 25.5, Optional.of(1.5)),
            measured(set, "ln-adapt", "LN Adapt", 24.25, Optional.of(0.25)));
    return new ColourTables()
        .tables(
            new TableInput(
                new Results(all, List.of(Measured.streets())),
                PublishedResults.load(),
                (method, task) -> Optional.empty(),
                List.of()));
  }

  @Test
  void thePapersRowsStandWithTheirNumbersBesideTheMeasuredOnes() {
    ReportTable only = tables(STREETS).get(0);
    Table table = only.table();

    assertThat(only.place()).isEqualTo(ReportTable.Place.RESULTS);
    assertThat(only.formats()).containsExactlyInAnyOrder(TableFormat.values());
    assertThat(table.name()).isEqualTo("table3-streets-clear");
    assertThat(table.rows())
        .extracting(row -> row.get(0))
        .containsExactly(
            "Zhang et al. 2016",
            "Main Task Only",
            "Online TTT-MAE",
            "MAE Joint Training",
            "LN Adapt");
    assertThat(table.rows().get(0))
        .endsWith("62.39", "5.00 \u00b1 0.19", "0.180", "22.27", "0.924")
        .contains(Table.DASH);
    assertThat(table.rows().get(2))
        .containsExactly(
            "Online TTT-MAE",
            "25.50",
            "24.50",
            "0.9123",
            "41.26",
            "3.50 \u00b1 0.13",
            "-",
            "20.00",
            "-0.123",
            "+1.50 [+1.40, +1.60]",
            "56.47",
            "5.31 \u00b1 0.18",
            "0.237",
            "22.97",
            "0.901");
    assertThat(table.best()).containsExactly(new Table.Place(2, 1));
  }

  @Test
  void theNotesTellTheDirectionOfLpipsAndWhichVideosThePublishedNumbersAreOf() {
    String notes = String.join("\n", tables(STREETS).get(0).table().notes());

    assertThat(notes)
        .contains("It prints an arrow up at LPIPS")
        .contains("lower is better")
        .contains("which are other videos than these")
        .contains("FID not measured: a network has seen 3 of 80 frames (MAE Joint Training).")
        .contains("LPIPS not measured: no network.")
        .contains("true colours have a colourfulness of 31.50");
    assertThat(
            String.join(
                "\n",
                tables(new EvaluationSet("coco-videos", "test", Task.COLORIZATION))
                    .get(0)
                    .table()
                    .notes()))
        .doesNotContain("other videos than these");
  }

  @Test
  void otherTasksHaveNoSuchTable() {
    assertThat(tables(Measured.set("clear"))).isEmpty();
  }

  @Test
  void detailsOfColorizationSpeakOfDecibelsAndHaveNoReleasedProtocol() {
    List<Measurement> all =
        List.of(
            measured(STREETS, "mae-joint-training", "MAE Joint Training", 24, Optional.empty()),
            measured(STREETS, "online-ttt-mae", "Online TTT-MAE", 25.5, Optional.of(1.5)));
    Table details =
        new PaperTables()
                .tables(
                    new TableInput(
                        new Results(all, List.of(Measured.streets())),
                        PublishedResults.load(),
                        (method, task) -> Optional.empty(),
                        List.of()))
                .stream()
                .map(ReportTable::table)
                .filter(table -> table.name().equals("table1-streets-clear-colorization"))
                .findFirst()
                .orElseThrow();

    assertThat(details.header())
        .contains("PSNR frame mean", "PSNR pooled", "SSIM pooled", "Flicker pooled")
        .noneMatch(heading -> heading.contains("released"));
    assertThat(String.join("\n", details.notes()))
        .contains("PSNR in dB")
        .doesNotContain("Percent")
        .doesNotContain("Released");
  }
}
