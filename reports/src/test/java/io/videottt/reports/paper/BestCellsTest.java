package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measured;
import io.videottt.reports.Measurement;
import io.videottt.reports.Results;
import io.videottt.reports.paper.BestCells.Competitor;
import io.videottt.reports.source.SourcedTables;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands out in tables, and what does not. */
class BestCellsTest {

  private static final EvaluationSet SET = Measured.set("shifts");

  private static Competitor fixed(int row, double value) {
    return new Competitor(new Table.Place(row, 2), value, true, Optional.empty());
  }

  private static Competitor gaining(int row, double value, double lower, double upper) {
    return new Competitor(
        new Table.Place(row, 2),
        value,
        false,
        Optional.of(Measured.difference(value - 40, lower, upper)));
  }

  @Test
  void aGainWithinItsIntervalDoesNotStandOut() {
    assertThat(BestCells.among(List.of(fixed(0, 40), gaining(1, 51.9, -1.5, 24.6)))).isEmpty();
    assertThat(BestCells.among(List.of(fixed(0, 40), gaining(1, 51.9, 0.5, 24.6))))
        .containsExactly(new Table.Place(1, 2));
  }

  @Test
  void aLeadOverTheNextWithinTheIntervalDoesNotStandOut() {
    assertThat(BestCells.among(List.of(fixed(0, 40), gaining(1, 45, 3, 7), gaining(2, 43.5, 2, 5))))
        .isEmpty();
    assertThat(BestCells.among(List.of(fixed(0, 40), gaining(1, 45, 3, 7), gaining(2, 42.5, 1, 4))))
        .containsExactly(new Table.Place(1, 2));
  }

  @Test
  void theFixedModelStandsOutWhereTheNextLosesByItsInterval() {
    assertThat(BestCells.among(List.of(fixed(0, 40), gaining(1, 39, -2, -0.5))))
        .containsExactly(new Table.Place(0, 2));
    assertThat(BestCells.among(List.of(fixed(0, 40), gaining(1, 39, -2, 0.5)))).isEmpty();
  }

  @Test
  void aSingleNumberAndNumbersWithoutIntervalsDoNotStandOut() {
    Competitor unknown = new Competitor(new Table.Place(1, 2), 90, false, Optional.empty());
    Competitor none =
        new Competitor(
            new Table.Place(1, 2),
            90,
            false,
            Optional.of(new Difference(50, Measured.TOO_FEW, Measured.FEW_VIDEOS, 10, 40)));

    assertThat(BestCells.among(List.of())).isEmpty();
    assertThat(BestCells.among(List.of(gaining(1, 45, 3, 7)))).isEmpty();
    assertThat(BestCells.among(List.of(fixed(0, Double.NaN), gaining(1, 45, 3, 7)))).isEmpty();
    assertThat(BestCells.among(List.of(fixed(0, 40), unknown))).isEmpty();
    assertThat(BestCells.among(List.of(fixed(0, 40), none))).isEmpty();
    assertThat(BestCells.among(List.of(gaining(1, 45, 3, 7), gaining(2, 45, 3, 7)))).isEmpty();
  }

  private static Table table(String name, Measurement... measurements) {
    return SourcedTables.of(new Results(List.of(measurements), List.of(Measured.streets())))
        .stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void inTablesOnlyTheFrameMeansCompete() {
    Measurement online = Measured.gaining(SET, "online-ttt-mae", "Online TTT-MAE", 5, 3, 7);
    Table table = table("table1-streets-shifts-semantic", Measured.fixed(SET, 40), online);
    Table videos = table("videos-streets-shifts-semantic", Measured.fixed(SET, 40), online);

    assertThat(table.best()).containsExactly(new Table.Place(9, 2));
    assertThat(table.rows().get(9)).contains("Online TTT-MAE", "45.00");
    assertThat(table.notes()).contains(BestCells.NOTE);
    assertThat(videos.best())
        .containsExactlyInAnyOrder(new Table.Place(0, 4), new Table.Place(1, 4));
    assertThat(
            table(
                    "table1-streets-shifts-semantic",
                    Measured.fixed(SET, 40),
                    Measured.gaining(SET, "online-ttt-mae", "Online TTT-MAE", 5, -1, 11))
                .notes())
        .doesNotContain(BestCells.NOTE);
  }

  @Test
  void severalTasksInOneTableStandOutEachForItself() {
    EvaluationSet panoptic = new EvaluationSet("streets", "shifts", Task.PANOPTIC);
    Table table =
        table(
            "table1-streets-shifts",
            Measured.fixed(SET, 40),
            Measured.gaining(SET, "online-ttt-mae", "Online TTT-MAE", 5, 3, 7),
            Measured.fixed(panoptic, 40),
            Measured.gaining(panoptic, "online-ttt-mae", "Online TTT-MAE", -5, -7, -3));

    // Two columns a task, the frame mean first; Main Task Only is row 0, the fixed model row 1.
    assertThat(table.best())
        .containsExactlyInAnyOrder(new Table.Place(1, 2), new Table.Place(9, 4));
  }

  @Test
  void notesAreOfTheRowsThatATableHas() {
    Measurement oracle =
        Measured.gaining(SET, "offline-ttt-mae-all-frames", "Offline TTT-MAE All Frames", 5, 3, 7);
    Measurement online = Measured.gaining(SET, "online-ttt-mae", "Online TTT-MAE", 4, 3, 5);

    assertThat(table("table1-streets-shifts-semantic", oracle, online).notes())
        .anyMatch(note -> note.contains("is an oracle"));
    assertThat(table("table4-streets-shifts-semantic", oracle, online).notes())
        .noneMatch(note -> note.contains("is an oracle"));
  }

  @Test
  void dataSetsAndVideosAreCalledByTheirTitles() {
    Measurement online = Measured.gaining(SET, "online-ttt-mae", "Online TTT-MAE", 4, 3, 5);
    Table videos = table("videos-streets-shifts-semantic", Measured.fixed(SET, 40), online);

    assertThat(videos.caption())
        .isEqualTo("mIoU of every video, Streets (videos that darken), model tiny");
    assertThat(videos.rows().get(0)).startsWith("Dusk");
  }
}
