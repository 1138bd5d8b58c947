package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.metrics.LocalityBound;
import io.videottt.reports.locality.LocalityRow;
import io.videottt.reports.locality.LocalityTable;
import io.videottt.reports.paper.DataSetTable;
import io.videottt.reports.ranking.RankedCandidate;
import io.videottt.reports.ranking.Ranking;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TitlesTest {

  private static final DataSetSummary STREETS =
      new DataSetSummary(
          "streets",
          "Streets of a town",
          List.of("dark-1", "plain"),
          List.of(
              new SplitCount(
                  "dark-1",
                  40,
                  OptionalLong.empty(),
                  "drives that darken",
                  Map.of("id-1", "Dusk", "id-2", "Rain", "id-3", "Rain")),
              new SplitCount("plain", 40, OptionalLong.empty())),
          2,
          80,
          80,
          OptionalDouble.of(10),
          List.of("road"));
  private static final Titles TITLES = Titles.of(List.of(STREETS));
  private static final EvaluationSet DARK = new EvaluationSet("streets", "dark-1", Task.SEMANTIC);
  private static final EvaluationSet PLAIN = new EvaluationSet("streets", "plain", Task.SEMANTIC);

  private static Ranking ranking() {
    List<RankedCandidate> settings = new ArrayList<>();
    for (int window : new int[] {1, 2, 4}) {
      settings.add(
          new RankedCandidate(
              "window=" + window,
              Map.of("window", window),
              RankedCandidate.State.RANKED,
              1,
              Optional.empty(),
              Optional.empty()));
    }
    return new Ranking(
        DARK,
        Protocol.FRAME_MEAN,
        "Online TTT-MAE",
        "ranking-streets-dark-1-semantic-online-ttt-mae",
        1,
        Optional.empty(),
        settings,
        TITLES);
  }

  private static Table locality() {
    LocalityBound bound = new LocalityBound(1, 2, 64);
    LocalityRow row =
        new LocalityRow(DARK, "m", "pixels", "id-1", 20, 1, bound, bound, 0.5, -0.3, 0.1, Map.of());
    return LocalityTable.of(List.of(row), 3, "the sweep's settings", TITLES);
  }

  @Test
  void theTitleStandsForDataSetSplitAndVideoWhereThereIsOneAndElseTheName() {
    assertThat(TITLES.data(DARK)).isEqualTo("Streets of a town (drives that darken)");
    assertThat(TITLES.data(PLAIN)).isEqualTo("Streets of a town, plain");
    assertThat(TITLES.data("other", "test")).isEqualTo("other, test");
    assertThat(TITLES.on(DARK)).isEqualTo("drives that darken");
    assertThat(TITLES.on(PLAIN)).isEqualTo("Streets of a town, plain");
    assertThat(TITLES.video(DARK, "id-1")).isEqualTo("Dusk");
    assertThat(TITLES.video(DARK, "id-9")).isEqualTo("id-9");
    assertThat(TITLES.video(PLAIN, "id-1")).isEqualTo("id-1");
  }

  @Test
  void twoOfOneTitleAreToldApartByTheirNames() {
    Titles.OfSplit dark = new Titles.OfSplit("dark drives", Map.of());
    Titles.OfDataSet town = new Titles.OfDataSet("Town", Map.of("a", dark, "b", dark));
    Titles twice = new Titles(Map.of("one", town, "two", town));

    assertThat(TITLES.video(DARK, "id-2")).isEqualTo("Rain (id-2)");
    assertThat(twice.data("one", "a")).isEqualTo("Town (one) (dark drives (a))");
  }

  @Test
  void aRankingsTableAndFiguresNameTheDataByItsTitles() {
    assertThat(ranking().table().caption())
        .isEqualTo("Settings of Online TTT-MAE, Streets of a town (drives that darken), semantic");
    assertThat(ranking().figures())
        .isNotEmpty()
        .allSatisfy(
            figure ->
                assertThat(figure.title()).endsWith("Streets of a town (drives that darken)"));
    assertThat(ranking().table().name())
        .isEqualTo("ranking-streets-dark-1-semantic-online-ttt-mae");
  }

  @Test
  void peopleReadTitlesInEveryFormatAndMachinesFindTheNamesInCsvAlone() {
    for (TableFormat format : List.of(TableFormat.MARKDOWN, TableFormat.LATEX)) {
      assertThat(format.render(locality()))
          .contains("Streets of a town", "drives that darken", "Dusk")
          .doesNotContain("dark-1", "id-1");
    }
    assertThat(TableFormat.CSV.render(locality()).lines())
        .first()
        .asString()
        .endsWith(",dataset,split,video id");
    assertThat(TableFormat.CSV.render(locality()).lines())
        .last()
        .asString()
        .startsWith("Streets of a town,drives that darken,semantic,")
        .endsWith(",streets,dark-1,id-1");
  }

  @Test
  void theDataSetTableNamesSplitsByTheirTitles() {
    Table table = DataSetTable.of(List.of(), List.of(STREETS));
    assertThat(table.rows()).hasSize(1);
    assertThat(table.rows().get(0)).contains("drives that darken; plain");
    assertThat(TableFormat.CSV.render(table)).contains("dark-1 plain");
  }
}
