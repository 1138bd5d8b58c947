package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over semantic, panoptic and instance segmentation at once. */
class TaskSweepTest {

  private static final String ALL_TASKS = "[instance, semantic, panoptic]";
  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  @TempDir private Path folder;

  private static List<String> metrics(Path output) {
    return TinySweep.visibleFiles(output).stream()
        .filter(file -> file.startsWith("metrics/"))
        .toList();
  }

  private static Map<String, Long> times(Path output) throws IOException {
    Map<String, Long> times = new TreeMap<>();
    for (String file : metrics(output)) {
      times.put(file, Files.getLastModifiedTime(output.resolve(file)).toMillis());
    }
    return times;
  }

  @Test
  void threeTasksGiveTheRowsThatEachWouldHaveAloneAndAMissingTaskIsRunLater() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 2);
    Path config = tiny.configOfTasks(ALL_TASKS, METHODS);

    TinySweep.Run together = tiny.sweepWithReport(config, "together", "local[2]");

    assertThat(together.status()).as(together.err()).isZero();
    assertThat(together.err()).contains("12 units on 2 videos, 0 done before");
    assertThat(metrics(tiny.output("together")))
        .hasSize(12)
        .filteredOn(file -> file.contains("/task=panoptic/"))
        .hasSize(4);
    assertThat(together.out())
        .contains("Instance (AP)", "Panoptic (PQ)", "Semantic (mIoU)")
        .doesNotContain("AP50 pooled");
    assertThat(tiny.output("together").resolve("tables/table1-tiny-step-test-instance.md"))
        .content()
        .contains("AP50 pooled");
    assertThat(TinySweep.visibleFiles(tiny.output("together").resolve("tables")))
        .contains(
            "table1-tiny-step-test.md",
            "table1-tiny-step-test-instance.md",
            "table1-tiny-step-test-panoptic.md",
            "table1-tiny-step-test-semantic.md");
    List<String> rows = TinySweep.reproducibleRows(tiny.output("together"));
    assertThat(rows).hasSize(3 * 2 * (3 + 2)).doesNotHaveDuplicates();
    assertThat(rows.stream().filter(row -> row.contains("\"task\":\"panoptic\"")).toList())
        .allMatch(row -> row.contains("\"pq\":") && row.contains("\"iou_sum\""));
    assertThat(rows.stream().filter(row -> row.contains("\"task\":\"instance\"")).toList())
        .allMatch(row -> row.contains("\"ap\":") && row.contains("\"matched\""));

    tiny.sweep(tiny.configOfTasks("[panoptic]", METHODS), "one-by-one", "local[1]");
    assertThat(metrics(tiny.output("one-by-one"))).hasSize(4);
    Map<String, Long> before = times(tiny.output("one-by-one"));
    TinySweep.Run rest =
        tiny.sweep(tiny.configOfTasks(ALL_TASKS, METHODS), "one-by-one", "local[1]");

    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(rest.err()).contains("12 units on 2 videos, 4 done before");
    assertThat(times(tiny.output("one-by-one"))).containsAllEntriesOf(before).hasSize(12);
    assertThat(TinySweep.reproducibleRows(tiny.output("one-by-one"))).isEqualTo(rows);
  }

  @Test
  void aFailureIsRecordedForEveryTaskOfTheVideo() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 2);
    Path broken = tiny.image("b", 1);
    byte[] image = Files.readAllBytes(broken);
    Files.write(broken, new byte[] {1, 2, 3});
    Path config =
        tiny.configOfTasks(
            "[semantic, instance]", "methods: [{method: mae-joint-training, preset: small}]\n");

    TinySweep.Run run = tiny.sweep(config, "out", "local[1]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("2 of 4 units failed").contains(broken.toString());
    List<String> failures = new ArrayList<>();
    for (String file : TinySweep.visibleFiles(tiny.output("out"))) {
      if (file.startsWith("failures/")) {
        failures.add(Files.readString(tiny.output("out").resolve(file)));
      }
    }
    assertThat(failures).hasSize(2);
    assertThat(failures).anyMatch(text -> text.contains("\"task\":\"instance\""));
    assertThat(failures).anyMatch(text -> text.contains("\"task\":\"semantic\""));

    Files.write(broken, image);
    TinySweep.Run repaired = tiny.sweep(config, "out", "local[1]");

    assertThat(repaired.status()).as(repaired.err()).isZero();
    assertThat(repaired.err()).contains("4 units on 2 videos, 2 done before");
    assertThat(TinySweep.visibleFiles(tiny.output("out")))
        .noneMatch(file -> file.startsWith("failures/"));
  }

  @Test
  void aTaskThatDataOrModelCannotDoIsRefusedBeforeAnythingRuns() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    String method = "methods: [{method: mae-joint-training, preset: small}]\n";
    Map<String, String> refused =
        Map.of(
            "tasks: [depth]\n" + method,
            "unknown task 'depth'",
            "tasks: []\n" + method,
            "tasks is missing or empty",
            "tasks: [semantic, semantic]\n" + method,
            "'semantic' stands twice",
            "task: semantic\n" + method,
            "unknown key 'task'");
    refused.forEach(
        (text, message) -> {
          TinySweep.Run run = sweep(tiny, text);
          assertThat(run.status()).isEqualTo(1);
          assertThat(run.err()).contains(message);
          assertThat(run.err().lines().count()).as(run.err()).isLessThanOrEqualTo(2);
          assertThat(tiny.output("out")).doesNotExist();
        });
  }

  @Test
  void aDataSetWithoutGroundTruthForATaskIsRefusedBeforeAnythingRuns() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config =
        tiny.configOfTasks(
            "[semantic, panoptic]", "methods: [{method: mae-joint-training, preset: small}]\n");
    Files.writeString(config, Files.readString(config).replace("tiny-step", "tiny"));

    TinySweep.Run run = tiny.sweep(config, "out", "local[1]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).contains("tiny has no ground truth for panoptic segmentation");
    assertThat(tiny.output("out")).doesNotExist();
  }

  private static TinySweep.Run sweep(TinySweep tiny, String text) {
    try {
      return tiny.sweep(tiny.config(text), "out", "local[1]");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void modelsOfOneLabelFillOneTableWithTasksOfTheirOwn() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config =
        tiny.configOfTasks(
            "[semantic, panoptic]", "methods: [{method: mae-joint-training, preset: small}]\n");
    String text = Files.readString(config);
    String second = "models: [{label: tiny, joint: joint, tasks: [semantic]}, ";

    Files.writeString(config, text.replace("models: [", second));
    assertThat(tiny.sweep(config, "out", "local[1]").err())
        .contains("models: label, task and trainingSeed: 'tiny semantic' stands twice");

    Files.writeString(
        config,
        text.replace("models: [", second)
            .replace("mainTaskOnly: mask2former", "tasks: [panoptic]"));
    TinySweep.Run run = tiny.sweepWithReport(config, "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Panoptic (PQ)", "Semantic (mIoU)");
    assertThat(TinySweep.visibleFiles(tiny.output("out").resolve("tables")))
        .contains("table1-tiny-step-test.md");
  }

  @Test
  void aModelIsNarrowedToTheTasksThatItCanDo() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config =
        tiny.configOfTasks(
            "[semantic, panoptic]", "methods: [{method: mae-joint-training, preset: small}]\n");
    String pyramid = "{label: pyramid, joint: joint%s}, {label: tiny,";
    String text = Files.readString(config);

    Files.writeString(config, text.replace("{label: tiny,", pyramid.formatted("")));
    TinySweep.Run refused = tiny.sweep(config, "out", "local[1]");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err().lines().toList()).hasSize(1);
    assertThat(refused.err())
        .contains("tasks.yaml", "pyramid", "cannot do panoptic segmentation", "[semantic]");

    Files.writeString(
        config, text.replace("{label: tiny,", pyramid.formatted(", tasks: [instance]")));
    assertThat(tiny.sweep(config, "out", "local[1]").err())
        .contains("pyramid: its tasks are instance, but the sweep's are only semantic, panoptic");

    Files.writeString(
        config, text.replace("{label: tiny,", pyramid.formatted(", tasks: [semantic]")));
    TinySweep.Run plan =
        TinySweep.run(
            "plan",
            "--config",
            config.toString(),
            "--catalog",
            folder.resolve("catalog").toString());

    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("1 frame, 3 units, ", "cost shared");
  }

  @Test
  void aMethodThatIsNotDefinedForATaskIsLeftOutWithTheReason() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    String methods =
        """
        methods:
          - {method: tent, preset: small, settings: {batchSize: 1}}
          - {method: self-train, preset: small, settings: {batchSize: 1}}
          - {method: mae-joint-training, preset: small, settings: {prediction: {smoothing: 2}}}
        """;

    TinySweep.Run run =
        tiny.sweep(tiny.configOfTasks("[semantic, panoptic]", methods), "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("left out: self-train for panoptic: Self-training labels single pixels")
        .contains("left out: mae-joint-training for panoptic: Temporal smoothing")
        .contains("4 units on 1 video");
    assertThat(metrics(tiny.output("out")))
        .hasSize(4)
        .noneMatch(file -> file.contains("task=panoptic/method=mae-joint-training"))
        .noneMatch(file -> file.contains("task=panoptic/method=self-train"));

    TinySweep.Run nothing =
        tiny.sweep(
            tiny.configOfTasks("[panoptic]", methods.replaceFirst("  - \\{method: tent,.*\n", "")),
            "nothing",
            "local[1]");
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.err()).contains("nothing is left to run", "self-train for panoptic");
  }
}
