package io.videottt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.query.MeasuredCosts;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1}}
      """;

  @TempDir private Path folder;

  private TinySweep.Run plan(Path config, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "plan",
                "--config",
                config.toString(),
                "--catalog",
                folder.resolve("catalog").toString()));
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  @Test
  void everyNumberOfGpusIsSimulatedForBothSplits() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1, 3);

    TinySweep.Run run = plan(tiny.config(METHODS), "--gpus", "1,4", "--seconds", "100");

    assertThat(run.status()).as(run.err()).isZero();
    // 1 + 3 frames, each predicted by the fixed model, and predicted and trained on by the other.
    assertThat(run.out())
        .contains("costs assumed: 100.0 s per prediction")
        .contains("2 tasks, 4 units, 33 min 20 s of computing")
        .contains(
            "1 GPU, --task-per video: makespan 33 min 20 s, lower bound 33 min 20 s, idle 0.0 %")
        .contains(
            "4 GPUs, --task-per video: makespan 25 min 00 s, lower bound 25 min 00 s, idle 66.7 %")
        .contains(
            "4 GPUs, --task-per adaptation: makespan 20 min 00 s, lower bound 20 min 00 s, idle 58.3 %");
  }

  @Test
  void costsThatNobodyHasMeasuredGoByTheSizesOfModelAndFrames() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1, 3);

    TinySweep.Run run = plan(tiny.config(METHODS), "--device", "cpu");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern(
            "costs assumed until measured, right within a factor of a few: 0\\.0\\d+ s per"
                + " prediction of a frame on a CPU \\([0-9,]+ parameters, 32 x 48 pixels\\)")
        .contains("2 tasks, 4 units, 0 s of computing");
  }

  /** As measured on one core: 0.0085 to 0.0137 s, see docs/benchmarks.md. */
  @Test
  void theEstimateForTheShippedNetworkIsOfItsMeasuredSize() {
    String out =
        TinySweep.run(
                "plan",
                "--config",
                "../conf/sweeps/demo.yaml",
                "--set",
                "threads=1",
                "--device",
                "cpu")
            .out();

    Matcher seconds =
        Pattern.compile("a few: ([0-9.]+) s per prediction of a frame on a CPU \\(2.1 million")
            .matcher(out);
    assertThat(seconds.find()).as(out.lines().findFirst().orElse("")).isTrue();
    assertThat(Double.parseDouble(seconds.group(1))).isBetween(0.011 / 3, 0.011 * 3);
  }

  @Test
  void withoutTheModelsFoldersFramesAndMethodsArePlannedAndSecondsAreNotKnown() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1, 3);
    Path config = tiny.config(METHODS);
    Files.delete(folder.resolve("joint/model.safetensors"));

    TinySweep.Run run = plan(config, "--gpus", "4");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "costs in predictions of a frame, a training pass over a sample being 3 of them;"
                + " seconds are not known until measured")
        .contains(
            "note: no model in " + folder.resolve("joint") + ": planned by frames and methods")
        .contains("tiny test b: 3 frames, 2 units, 15 predictions")
        .contains("  - semantic online-ttt-mae")
        .contains("2 tasks, 4 units, 20 predictions of computing")
        .contains("4 GPUs, --task-per adaptation: makespan 12 predictions, lower bound 12")
        .doesNotContainPattern("[0-9a-f]{32}")
        .doesNotContain(" s of computing");
    assertThat(plan(config, "--seconds", "100").out()).contains("33 min 20 s of computing");
    // A sweep needs them.
    assertThat(tiny.sweep(config, "out", "local[1]").status()).isEqualTo(1);
  }

  @Test
  void aLineBreakInAVideosNameIsSpelledOut() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config = tiny.configOfColorization(METHODS);
    Files.writeString(config, Files.readString(config).replace("name: tiny", "name: found"));
    Files.writeString(
        folder.resolve("catalog/found.yaml"),
        """
        name: found
        root: %s
        layout: {type: pictures, images: images, imageSuffix: .png}
        published: false
        splits:
          test: {labels: NONE}
        """
            .formatted(folder.resolve("data")));
    Files.move(folder.resolve("data/images/a"), folder.resolve("data/images/x\ny\tz"));

    TinySweep.Run run = plan(config);

    assertThat(run.out()).as(run.err()).contains("found test x\\ny\\tz: 1 frame, 2 units");
  }

  @Test
  void oneMissingModelIsNotTakenForOneThatSegmentsAndColours() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config = tiny.config("tasks: [semantic, colorization]\n" + METHODS);
    Files.delete(folder.resolve("joint/model.safetensors"));

    TinySweep.Run run = plan(config);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            folder.resolve("joint")
                + ": no model is there, and none does both semantic segmentation and colorization",
            "--model colorization.joint=DIR");
    assertThat(plan(tiny.config("tasks: [colorization]\n" + METHODS)).out())
        .contains("1 frame, 2 units")
        .doesNotContain("shared");
  }

  @Test
  void aFileWithoutAPresetIsToldWhatItsMethodsCost() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config =
        tiny.config("methods:\n  - {method: mae-joint-training}\n  - {method: online-ttt-mae}\n");

    assertThat(plan(config).out())
        .contains(
            "names no preset, so methods start from released: a frame takes as long as 97 predictions"
                + " with online-ttt-mae")
        .doesNotContain("97.0 s");
    assertThat(plan(tiny.config(METHODS)).out()).doesNotContain("names no preset");
    assertThat(plan(tiny.config("preset: released\n" + METHODS)).out())
        .doesNotContain("names no preset");
  }

  @Test
  void theChosenSplitIsListed() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1, 3);

    assertThat(plan(tiny.config(METHODS), "--task-per", "adaptation").out())
        .contains("4 tasks, 4 units");
    TinySweep.Run former = plan(tiny.config(METHODS), "--split", "unit");
    assertThat(former.out()).contains("4 tasks, 4 units");
    assertThat(former.err())
        .containsOnlyOnce("note: --split is called --task-per now: --task-per adaptation");
  }

  @Test
  void measuredSecondsTakeThePlaceOfAssumedOnes() throws IOException {
    SyntheticResults earlier = new SyntheticResults(folder);
    Unit measured = SyntheticResults.unit("a", Methods.ONLINE_TTT_MAE, 0);
    earlier.write(
        measured, SyntheticResults.frame(0, "0", "0"), SyntheticResults.frame(1, "0", "0"));
    double evaluated = 0.001;
    double shared = 0.01 + 0.25 + 0.125;

    MeasuredCosts costs;
    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      costs = MeasuredCosts.read(spark, folder.toString());
    }

    assertThat(costs.seconds(List.of(measured))).isEqualTo(2 * (shared + evaluated));
    // Longer, on other weights and data: the same seconds per frame.
    Unit elsewhere = unit(Methods.ONLINE_TTT_MAE, AdaptationSettings.small(), Task.SEMANTIC);
    assertThat(costs.seconds(List.of(elsewhere))).isEqualTo(10 * (shared + evaluated));
    // Another task has the adaptation in common.
    assertThat(costs.seconds(List.of(elsewhere, elsewhere.adaptation().unit(Task.PANOPTIC))))
        .isEqualTo(10 * (shared + evaluated));
    // Nothing alike: predictions are counted, at what one took.
    Unit other =
        unit(
            Methods.ONLINE_TTT_MAE,
            AdaptationSettings.small().with(Map.of("batchSize", 2), "test"),
            Task.SEMANTIC);
    assertThat(costs.seconds(List.of(other))).isEqualTo(10 * (1 + 3 * 2) * 0.125);
    assertThat(
            costs.seconds(
                List.of(unit(Methods.MAIN_TASK_ONLY, AdaptationSettings.small(), Task.SEMANTIC))))
        .isEqualTo(10 * 0.125);
    assertThat(costs.describe(AdaptationWork.of(List.of(measured, elsewhere, other), costs)))
        .contains("from " + folder)
        .contains(
            "of 3 adaptations 1 measured, 1 measured on other data, weights or threads, 1 assumed")
        .contains("0.125 s per prediction");
  }

  @Test
  void theOfflineMethodsTrainingIsCountedAtItsOwnSecondsPerPrediction() throws IOException {
    SyntheticResults earlier = new SyntheticResults(folder);
    Unit offline = SyntheticResults.unit("a", Methods.OFFLINE_TTT_MAE_ALL_FRAMES, 0);
    earlier.write(offline, SyntheticResults.frame(0, "0", "0"));

    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      assertThat(MeasuredCosts.read(spark, folder.toString()).seconds(List.of(offline)))
          .isEqualTo(new AssumedCosts(0.125).seconds(List.of(offline)));
    }
  }

  @Test
  void everyVoteIsAPrediction() throws IOException {
    AdaptationSettings votes =
        AdaptationSettings.small().with(Map.of("prediction", Map.of("votes", 5)), "test");
    Unit voted = unit(Methods.MAIN_TASK_ONLY, votes, Task.SEMANTIC);
    Unit plain = unit(Methods.MAIN_TASK_ONLY, AdaptationSettings.small(), Task.SEMANTIC);
    assertThat(AssumedCosts.UNIT.seconds(List.of(voted)))
        .isEqualTo(5 * AssumedCosts.UNIT.seconds(List.of(plain)));

    new SyntheticResults(folder).write(voted, SyntheticResults.frame(0, "0", "0"));
    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      assertThat(MeasuredCosts.read(spark, folder.toString()).seconds(List.of(plain)))
          .isEqualTo(10 * 0.125 / 5);
    }
  }

  private static Unit unit(Method method, AdaptationSettings settings, Task task) {
    return new Unit(
        new Adaptation(
            "other",
            "test",
            "z",
            10,
            method,
            "",
            settings,
            0,
            "model",
            null,
            "/models/z",
            "beef",
            "",
            1),
        task);
  }

  @Test
  void aSweepSplitByUnitGivesTheSameRows() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1, 2);
    Path config = tiny.config(METHODS);
    tiny.sweep(config, "videos", "local[2]");

    TinySweep.Run run =
        tiny.sweep(
            config,
            "units",
            "local[2]",
            "--task-per",
            "adaptation",
            "--results",
            tiny.output("videos").toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("4 units on 2 videos, 0 done before")
        .contains("of 4 adaptations 4 measured;");
    assertThat(TinySweep.reproducibleRows(tiny.output("units")))
        .isEqualTo(TinySweep.reproducibleRows(tiny.output("videos")));
    assertThat(plan(config, "--results", tiny.output("units").toString()).out())
        .contains("of 4 adaptations 4 measured;");
  }

  @Test
  void aFolderWithoutResultsIsOneLineAndRunsNothing() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Files.createDirectories(tiny.output("empty"));
    Path config = tiny.config(METHODS);
    for (String results : List.of("empty", "missing")) {
      String path = tiny.output(results).toString();
      for (TinySweep.Run run :
          List.of(
              plan(config, "--results", path),
              tiny.sweep(config, "out", "local[1]", "--results", path))) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
            .containsExactly(
                "ttt: "
                    + path
                    + ": no results there; give the output folder of a sweep with --results, or"
                    + " leave it out");
      }
    }
    assertThat(tiny.output("out")).doesNotExist();
  }

  @Test
  void impossibleNumbersAreOneLine() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config = tiny.config(METHODS);

    assertThat(plan(config, "--gpus", "0").err())
        .isEqualTo("ttt: --gpus is 0, expected 1 to 100000%n".formatted());
    assertThat(plan(config, "--gpus", "4,x").status()).isEqualTo(2);
    assertThat(plan(config, "--seconds", "NaN").err())
        .contains("--seconds is NaN, expected more than 0");
    assertThat(plan(config, "--task-per", "frame").err()).contains("--task-per");
  }
}
