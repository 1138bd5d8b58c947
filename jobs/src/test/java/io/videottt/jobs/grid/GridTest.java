package io.videottt.jobs.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.TinySweep;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridTest {

  private static final String GRID =
      """
      preset: small
      settings: {batchSize: 1}
      methods: [{method: online-ttt-mae}]
      search: {cross: {learningRate: [%s], window: [1, 2]}}
      """;

  @TempDir private Path folder;

  private TinySweep.Run grid(TinySweep tiny, Path config, String output, String... more) {
    List<String> arguments = new ArrayList<>(tiny.arguments(config, output, "local[1]"));
    arguments.set(0, "grid");
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  private static List<List<String>> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .filter(line -> line.matches("(\\d+|fixed|pruned|failed),.*"))
        .map(line -> Arrays.asList(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)))
        .toList();
  }

  @Test
  void settingsAreRankedDrawnAndTheBestIsASweep() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 3);
    Path config = tiny.config(GRID.formatted("1.0e-4, 1.0e-2"));

    TinySweep.Run run = grid(tiny, config, "out");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("4 settings of 1 method", "10 units on 2 videos");
    Path out = tiny.output("out");
    Path csv = out.resolve("ranking/ranking-tiny-test-semantic-online-ttt-mae.csv");
    List<List<String>> rows = rows(csv);
    assertThat(rows).extracting(row -> row.get(0)).containsExactly("1", "2", "3", "4", "fixed");
    assertThat(rows).extracting(row -> row.get(11)).containsOnly("2 of 2");
    List<Double> means = rows.stream().limit(4).map(r -> Double.valueOf(r.get(2))).toList();
    assertThat(means).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(rows.get(0).subList(7, 9)).containsOnly("");
    assertThat(rows.subList(1, 4)).allMatch(row -> !row.get(7).startsWith("+0.1"));
    assertThat(TinySweep.visibleFiles(out.resolve("ranking")))
        .contains(
            "ranking-tiny-test-semantic-online-ttt-mae-learningRate-window.png",
            "ranking-tiny-test-semantic-online-ttt-mae-learningRate-window.svg");
    Path chosen = out.resolve("chosen.yaml");
    String best = rows.get(0).get(1).replace("\"", "");
    assertThat(Files.readString(chosen))
        .contains("gridHash: ", "settingsTried: 4", "modelFingerprints", best);
    assertChosenPlansTheBestSetting(chosen, best);
    assertThat(run.out()).contains("its settings alone, to be extended: ");
    assertThat(Files.readString(out.resolve("chosen-settings.yaml")))
        .contains("data: tiny test", "setting: \"" + best + "\"", "settings:\n  learningRate: ")
        .doesNotContain("models:", "datasets:", "results:");

    Files.writeString(chosen, Files.readString(chosen).replace("threads: 1", "threads: 2"));
    TinySweep.Run again = grid(tiny, config, "out");
    assertThat(again.err()).contains("10 units on 2 videos, 10 done before");
    assertThat(rows(csv)).isEqualTo(rows);
    assertThat(Files.readString(chosen)).contains("threads: 2");
    assertThat(again.out()).contains("chosen-2.yaml");
    grid(tiny, config, "out");
    assertThat(TinySweep.visibleFiles(out))
        .filteredOn(f -> f.startsWith("chosen"))
        .containsExactlyInAnyOrder("chosen.yaml", "chosen-2.yaml", "chosen-settings.yaml");
  }

  private void assertChosenPlansTheBestSetting(Path chosen, String best) {
    TinySweep.Run plan =
        TinySweep.run(
            "plan",
            "--config",
            chosen.toString(),
            "--catalog",
            folder.resolve("catalog").toString());
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("2 tasks, 4 units");
    SweepRequest request =
        new SweepRequest(chosen, Optional.of(folder.resolve("catalog").toString()), Map.of());
    SweepPlan sweep = new SweepPlanner(request, new Configuration()).plan();
    assertThat(sweep.units())
        .filteredOn(unit -> unit.method().adapts())
        .allMatch(
            unit ->
                best.equals(
                    "learningRate=%s, window=%d"
                        .formatted(
                            Candidate.text(unit.settings().learningRate()),
                            unit.settings().window())))
        .allMatch(unit -> unit.settings().batchSize() == 1);
    assertThat(TinySweep.visibleFiles(chosen.resolveSibling("units")))
        .containsAll(sweep.units().stream().map(unit -> unit.id() + ".json").toList());
  }

  @Test
  void aGridThatWasInterruptedRunsOnlyWhatIsMissing() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 2);
    Path broken = tiny.image("b", 1);
    byte[] whole = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(whole, 100));
    Path config = tiny.config(GRID.formatted("1.0e-3") + "protocol: released\n");

    TinySweep.Run first = grid(tiny, config, "out");

    assertThat(first.status()).isEqualTo(1);
    assertThat(first.out()).contains("so none is chosen");
    Path csv = tiny.output("out").resolve("ranking/ranking-tiny-test-semantic-online-ttt-mae.csv");
    assertThat(rows(csv))
        .extracting(row -> row.get(0) + " " + row.get(11))
        .containsExactly("failed 1 of 2", "failed 1 of 2", "fixed 1 of 2");
    assertThat(tiny.output("out").resolve("chosen.yaml")).doesNotExist();

    Files.write(broken, whole);
    TinySweep.Run second = grid(tiny, config, "out");
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.err()).contains("6 units on 2 videos, 3 done before");
    assertThat(rows(csv)).extracting(row -> row.get(0)).containsExactly("1", "2", "fixed");
    assertThat(TinySweep.visibleFiles(tiny.output("out").resolve("ranking")))
        .contains("ranking-tiny-test-semantic-online-ttt-mae-window.svg");
    List<List<String>> ranked = rows(csv).subList(0, 2);
    assertThat(Double.parseDouble(ranked.get(0).get(4)))
        .isGreaterThanOrEqualTo(Double.parseDouble(ranked.get(1).get(4)));
    assertThat(Files.readString(Path.of(csv.toString().replace(".csv", ".md"))))
        .contains("ranked by the released value");
    assertThat(Files.readString(tiny.output("out").resolve("chosen.yaml")))
        .contains("mIoU released, percent", "value: " + ranked.get(0).get(4));
  }

  @Test
  void clearlyWorseSettingsAreNotRunOnFurtherVideosAndTheDecisionIsTheSameAgain()
      throws IOException {
    // The middle video is the shortest and decides; shorter ones have no interval to decide by.
    TinySweep tiny = TinySweep.create(folder, 32, 30, 31);
    Path config =
        tiny.config(
            """
            preset: small
            settings: {batchSize: 1, optimizer: SGD, window: 2}
            methods: [{method: online-ttt-mae}]
            search: {cross: {learningRate: [1.0e-6, 1.0e-5, 2.0, 5.0]}}
            halving: {rungs: [1]}
            """);

    TinySweep.Run run = grid(tiny, config, "out");

    Path csv = tiny.output("out").resolve("ranking/ranking-tiny-test-semantic-online-ttt-mae.csv");
    List<List<String>> rows = rows(csv);
    List<List<String>> pruned = rows.stream().filter(r -> r.get(0).equals("pruned")).toList();
    assertThat(run.err()).contains("after 1 video %d of 4".formatted(pruned.size()));
    assertThat(pruned).as(run.out()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
    assertThat(pruned).allMatch(row -> row.get(11).equals("1 of 3"));
    assertThat(pruned).allMatch(row -> row.get(7).startsWith("-"));
    long units = 3L * (5 - pruned.size()) + pruned.size();
    assertThat(TinySweep.visibleFiles(tiny.output("out").resolve("metrics"))).hasSize((int) units);
    assertThat(TinySweep.visibleFiles(tiny.output("out").resolve("metrics")))
        .filteredOn(file -> file.contains("video=b"))
        .hasSize(5);

    TinySweep.Run again = grid(tiny, config, "out");
    assertThat(rows(csv)).isEqualTo(rows);
    assertThat(again.err()).contains("%d units on 3 videos, %d done".formatted(units, units));
    assertThat(again.out()).isEqualTo(run.out());
  }

  @Test
  void halvingNeedsVideosForTheEnd() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1, 1);
    Path config = tiny.config(GRID.formatted("1.0e-3") + "halving: {rungs: [1, 2]}\n");

    TinySweep.Run run = grid(tiny, config, "out");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("sweep.yaml: halving: rungs is [1, 2], but there are 2 videos");
    assertThat(tiny.output("out")).doesNotExist();
  }
}
