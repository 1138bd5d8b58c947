package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.metrics.Interval;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.plots.FigureData;
import io.videottt.reports.plots.PaperFigures;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.source.SourcedTables;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Case 17: rows over other frames are marked and do not compete; dashes have their reasons. */
class OtherFramesTest {

  private static final EvaluationSet SET = new EvaluationSet("odd", "test", Task.SEMANTIC);
  private static final Interval NONE =
      Interval.none("a video holds fewer than 3 blocks of 10 frames");
  private static final FrameCoverage SIX =
      new FrameCoverage(6, 6, 9, List.of(new FrameCoverage.OfVideo("día 1 50%25", 0, 3)));

  private static Measurement measured(
      String method, String title, double mean, FrameCoverage coverage, boolean fixed) {
    return measured(
        method,
        title,
        mean,
        coverage,
        fixed ? Optional.empty() : Optional.of(new Difference(-0.05, NONE, NONE, 6, 1.1)));
  }

  private static Measurement measured(
      String method,
      String title,
      double mean,
      FrameCoverage coverage,
      Optional<Difference> difference) {
    return new Measurement(
        SET,
        "small",
        method,
        title,
        "",
        false,
        4,
        coverage.most(),
        coverage,
        Repetitions.SINGLE,
        mean,
        Map.of(PooledMetric.MIOU, mean),
        Released.unknown(coverage.most()),
        difference,
        new SecondsPerFrame(0, 0.25, 0.125, 0, SecondsPerFrame.Medians.UNKNOWN),
        List.of(new VideoResult("v", 6, 6, mean, OptionalDouble.empty(), difference)),
        List.of(new ClassResult(0, mean)));
  }

  private static final List<Measurement> MEASUREMENTS =
      List.of(
          measured("mae-joint-training", "MAE Joint Training", 1.29, FrameCoverage.usual(9), true),
          measured("ln-adapt", "LN Adapt", 1.2, FrameCoverage.usual(9), false),
          measured("online-ttt-mae", "Online TTT-MAE", 5.05, SIX, false));

  private static Table table(String name) {
    return table(name, MEASUREMENTS);
  }

  private static Table table(String name, List<Measurement> measurements) {
    return SourcedTables.of(new Results(measurements, List.of())).stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFramesBehindEveryRowStandInItAndOtherFramesAreMarked() {
    Table table = table("table1-odd-test-semantic");
    int frames = table.header().indexOf("Frames");

    assertThat(table.rows())
        .anySatisfy(
            row -> assertThat(row).contains("MAE Joint Training").element(frames).isEqualTo("9"));
    assertThat(table.rows())
        .anySatisfy(
            row ->
                assertThat(row).contains("Online TTT-MAE (!)").element(frames).isEqualTo("6 of 9"));
    assertThat(table.notes())
        .contains(
            "(!) Online TTT-MAE: over 6 of the others' 9 evaluated frames (video día 1 50%25: 0 of"
                + " 3). Its means do not compare with the others'; its difference is over the 6"
                + " frames that it shares with the fixed model, which has 1.10 on them.");
  }

  @Test
  void whatIsOverOtherFramesIsNotTheBest() {
    Optional<Difference> gain = Optional.of(Measured.difference(3.5, 3, 4));
    List<Measurement> gaining =
        List.of(
            measured(
                "mae-joint-training",
                "MAE Joint Training",
                1.29,
                FrameCoverage.usual(9),
                Optional.empty()),
            measured("ln-adapt", "LN Adapt", 4.79, FrameCoverage.usual(9), gain),
            measured("online-ttt-mae", "Online TTT-MAE", 9.05, SIX, gain));
    Table table = table("table1-odd-test-semantic", gaining);
    Table videos = table("videos-odd-test-semantic", gaining);

    assertThat(table.best())
        .hasSize(1)
        .allMatch(place -> table.rows().get(place.row()).get(1).equals("LN Adapt"));
    assertThat(videos.best())
        .hasSize(2)
        .allMatch(place -> videos.header().get(place.column()).equals("LN Adapt"));
  }

  @Test
  void everyTableAndFigureTells() {
    for (String name :
        List.of(
            "videos-odd-test-semantic",
            "videos-gain-odd-test-semantic",
            "classes-odd-test-semantic")) {
      assertThat(table(name).header()).contains("Online TTT-MAE (!)");
      assertThat(table(name).notes())
          .anyMatch(note -> note.startsWith("(!) Online TTT-MAE: over 6"));
    }
    List<Figure> figures =
        new PaperFigures(
                PublishedResults.load(), new Results(MEASUREMENTS, List.of()), FigureData.NONE)
            .all();
    assertThat(new ArrayList<>(figures))
        .allMatch(
            figure ->
                figure
                    .caption()
                    .endsWith(
                        "(!) Over other frames than the others: Online TTT-MAE: 6 of 9 frames."));
  }

  @Test
  void anIntervalThatIsNotThereIsADashWithItsReason() {
    Table table = table("table1-odd-test-semantic");
    int interval = table.header().indexOf("95 % interval");

    assertThat(table.rows()).allMatch(row -> row.get(interval).equals("-"));
    assertThat(table.notes())
        .contains(
            "No 95 % interval where there is a dash: a video holds fewer than 3 blocks of 10"
                + " frames.");
    Table gains = table("videos-gain-odd-test-semantic");
    assertThat(gains.rows().get(0)).contains("-0.05").noneMatch(cell -> cell.contains("["));
    assertThat(gains.notes()).anyMatch(note -> note.contains("fewer than 3 blocks"));
  }

  @Test
  void repetitionsOverDifferentFramesAreTold() {
    List<FrameCoverage.OfVideo> differing =
        Stream.of("a", "b", "c", "d").map(id -> new FrameCoverage.OfVideo(id, 0, 3)).toList();
    Map<String, String> titles = Map.of("a", "Dusk");
    assertThat(new FrameCoverage(9, 6, 9, differing).describe(id -> titles.getOrDefault(id, id)))
        .isEqualTo(
            "6 to 9 of the others' 9 evaluated frames (video Dusk: 0 of 3, b: 0 of 3, c: 0 of 3 and"
                + " 1 more videos)");
  }
}
