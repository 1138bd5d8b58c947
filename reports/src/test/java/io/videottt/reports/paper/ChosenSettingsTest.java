package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.reports.ChosenSetting;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.Released;
import io.videottt.reports.Repetitions;
import io.videottt.reports.Results;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.SourcedTables;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ChosenSettingsTest {

  private static final EvaluationSet CAMVID = new EvaluationSet("camvid", "test", Task.SEMANTIC);
  private static final EvaluationSet OTHER = new EvaluationSet("camvid", "val", Task.SEMANTIC);
  private static final String RANKED = "of 8 settings, window=4 ranked first on camvid val (grid)";
  private static final ChosenSetting WINDOW =
      chosen(CAMVID, "", "Online TTT-MAE has window 16 instead of 4");

  @Test
  void theNoteStandsBelowTheTablesThatShowTheRow() {
    List<Table> tables = tables(List.of(WINDOW), measurement(CAMVID, ""), measurement(OTHER, ""));
    assertThat(tables)
        .filteredOn(table -> hasNote(table, "instead of"))
        .extracting(Table::name)
        .containsExactly("table1-camvid-test-semantic", "table4-camvid-test-semantic");
    assertThat(tables.get(0).notes())
        .contains("Online TTT-MAE has window 16 instead of 4: " + RANKED + ".");
  }

  @Test
  void rowsOfOneGridShareASentence() {
    ChosenSetting other =
        chosen(CAMVID, "window-4", "Online TTT-MAE (window-4) has the chosen ones");
    List<Table> tables =
        tables(List.of(WINDOW, other), measurement(CAMVID, ""), measurement(CAMVID, "window-4"));
    assertThat(tables.get(0).notes())
        .contains(
            "Online TTT-MAE has window 16 instead of 4; Online TTT-MAE (window-4) has the chosen"
                + " ones: "
                + RANKED
                + ".");
  }

  @Test
  void ofSeveralSweepsTheLatestCounts() {
    ChosenSetting older = chosen(CAMVID, "", "Online TTT-MAE has the chosen settings");
    Table table = tables(List.of(WINDOW, older), measurement(CAMVID, "")).get(0);
    assertThat(hasNote(table, "window 16")).isTrue();
    assertThat(hasNote(table, "has the chosen settings")).isFalse();
  }

  @Test
  void rowsOfOtherModelsMethodsAndVariantsAreNotMeant() {
    assertThat(tables(List.of(WINDOW), measurement(CAMVID, "slow")))
        .noneMatch(table -> hasNote(table, "instead of"));
    assertThat(tables(List.of(), measurement(CAMVID, "")))
        .noneMatch(table -> hasNote(table, "ranked first"));
  }

  private static boolean hasNote(Table table, String words) {
    return table.notes().stream().anyMatch(note -> note.contains(words));
  }

  private static ChosenSetting chosen(EvaluationSet set, String variant, String used) {
    return new ChosenSetting(set, "a", "online-ttt-mae", variant, used, RANKED);
  }

  private static List<Table> tables(List<ChosenSetting> chosen, Measurement... measurements) {
    return SourcedTables.report(
            new Results(List.of(measurements), List.of()),
            (method, task) -> Optional.empty(),
            chosen)
        .tables()
        .stream()
        .map(ReportTable::table)
        .toList();
  }

  private static Measurement measurement(EvaluationSet set, String variant) {
    return new Measurement(
        set,
        "a",
        "online-ttt-mae",
        "Online TTT-MAE",
        variant,
        false,
        1,
        124,
        FrameCoverage.usual(124),
        Repetitions.SINGLE,
        20,
        Map.of(),
        new Released(OptionalDouble.empty(), OptionalDouble.empty(), 0, 0),
        Optional.empty(),
        new SecondsPerFrame(0, 0, 0, 0, SecondsPerFrame.Medians.UNKNOWN),
        List.of(),
        List.of());
  }
}
