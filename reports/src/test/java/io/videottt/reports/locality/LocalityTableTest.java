package io.videottt.reports.locality;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.metrics.LocalityBound;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Titles;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalityTableTest {

  private static Table table(Map<Integer, Double> measured, LocalityBound bound) {
    return LocalityTable.of(
        List.of(row("0002", 0.25, bound, measured)), 3, "the sweep's settings", Titles.NONE);
  }

  private static LocalityRow row(
      String video, double cosine, LocalityBound bound, Map<Integer, Double> measured) {
    return new LocalityRow(
        new EvaluationSet("tiny", "val", Task.SEMANTIC),
        "swin",
        "pixels",
        video,
        20,
        1,
        bound,
        new LocalityBound(1, 2, 32),
        0.5,
        cosine,
        0.125,
        measured);
  }

  private static String cell(Table table, String column) {
    return table.rows().get(0).get(table.header().indexOf(column));
  }

  @Test
  void predictedStandsBesideMeasured() {
    Table table =
        table(
            Map.of(1, 50.0, 4, 53.5, 16, 53.5, LocalityRow.ALL_FRAMES, 52.0),
            new LocalityBound(0.5, 2, 64));
    assertThat(cell(table, "predicted k")).isEqualTo("4.0");
    assertThat(cell(table, "k from 95 %")).isEqualTo("2.0");
    assertThat(cell(table, "measured k")).isEqualTo("4");
    assertThat(cell(table, "of k")).isEqualTo("1 4 16 all");
    assertThat(cell(table, "best - k = 1")).isEqualTo("+3.50");
    assertThat(cell(table, "sigma^2")).isEqualTo("64.0");
  }

  @Test
  void whatIsNotMeasuredIsADash() {
    Table table = table(Map.of(), new LocalityBound(0, 2, 64));
    assertThat(cell(table, "predicted k")).isEqualTo("all");
    assertThat(cell(table, "measured k")).isEqualTo(Table.DASH);
    assertThat(cell(table, "of k")).isEqualTo(Table.DASH);
    assertThat(cell(table(Map.of(4, 1.0), new LocalityBound(1, 1, 1)), "best - k = 1"))
        .isEqualTo(Table.DASH);
  }

  @Test
  void theAssumptionsStandUnderTheTableInEveryFormat() {
    Table table = table(Map.of(), new LocalityBound(1, 2, 64));
    assertThat(table.notes()).anyMatch(note -> note.contains("strongly convex"));
    assertThat(table.notes()).anyMatch(note -> note.contains("mean over 3 masks"));
    for (TableFormat format : TableFormat.values()) {
      assertThat(format.render(table)).contains("0002");
    }
    assertThat(TableFormat.MARKDOWN.render(table)).contains("grad l_m = c grad l_s + delta");
  }

  @Test
  void aLossThatPullsAgainstTheMainTaskIsSaidInWordsForTheVideosWhereItDoes() {
    LocalityBound bound = new LocalityBound(1, 2, 64);
    List<LocalityRow> rows =
        List.of(
            row("0002", -0.12, bound, Map.of()),
            row("0006", 0.3, bound, Map.of()),
            row("0008", -0.0001, bound, Map.of()),
            row("", -0.031, bound, Map.of()));
    assertThat(LocalityTable.warnings(rows, Titles.NONE))
        .containsExactly(
            "Warning: tiny, val, semantic, model swin, target pixels: the reconstruction loss pulls"
                + " against the main task here (cosine of the gradients at f0: 0002 -0.120, all"
                + " -0.031): a step that lowers it raises the main loss; see"
                + " docs/reconstruction.md.");
    Table table = LocalityTable.of(rows, 3, "the sweep's settings", Titles.NONE);
    for (TableFormat format : List.of(TableFormat.MARKDOWN, TableFormat.LATEX)) {
      assertThat(format.render(table)).contains("pulls against the main task here");
    }
    assertThat(LocalityTable.warnings(rows.subList(1, 3), Titles.NONE)).isEmpty();
  }
}
