package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.Task;
import io.videottt.catalog.film.VideoFilesLayout;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.report.ReportJob;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.reports.Measurement;
import io.videottt.reports.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps that keep predictions, and what is made of them. */
class SavedPredictionsTest {

  private static final String ALL_TASKS = "[semantic, panoptic, instance]";
  private static final String METHODS =
      """
methods:
  - {method: mae-joint-training, preset: small}
  - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
  - {method: offline-ttt-mae-all-frames, preset: small, settings: {batchSize: 1, offlineIterations: 3, offlineEvaluationStep: 1}}
""";

  @TempDir private Path folder;

  private static Map<String, FileTime> rows(Path output) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    for (String file : TinySweep.visibleFiles(output)) {
      if (file.startsWith("metrics/")) {
        times.put(file, Files.getLastModifiedTime(output.resolve(file)));
      }
    }
    return times;
  }

  private static List<Measurement> measurements(Path output) throws IOException {
    try (SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT)) {
      return new ReportJob(spark).measurements(output.toString(), Optional.empty());
    }
  }

  private static Path only(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      List<Path> found = children.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** What {@code evaluate} says of a unit's files. */
  private JsonNode evaluated(Path output, Task task, String method) throws IOException {
    Path truth =
        output.resolve(
            "predictions/truth/dataset=tiny-step/split=test/task=%s/video=a".formatted(task.id()));
    Path unit =
        only(
            output.resolve(
                "predictions/dataset=tiny-step/task=%s/method=%s/video=a"
                    .formatted(task.id(), method)));
    Path json = folder.resolve("evaluated.json");
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", task.id(), "--json", json.toString()));
    arguments.addAll(
        switch (task) {
          case SEMANTIC ->
              List.of(
                  "--ground-truth",
                  truth.toString(),
                  "--predictions",
                  unit.toString(),
                  "--frames",
                  truth.resolve("frames.txt").toString(),
                  "--num-classes",
                  "3");
          case PANOPTIC ->
              List.of(
                  "--ground-truth",
                  truth.resolve("panoptic.json").toString(),
                  "--ground-truth-masks",
                  truth.toString(),
                  "--predictions",
                  unit.resolve("panoptic.json").toString(),
                  "--prediction-masks",
                  unit.toString());
          default ->
              List.of(
                  "--ground-truth",
                  truth.resolve("instances.json").toString(),
                  "--predictions",
                  unit.resolve("instances.json").toString());
        });
    TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("not read");
    return new JsonMapper().readTree(json.toFile());
  }

  @Test
  void whatEvaluateSaysOfSavedPredictionsIsWhatTheRowsSay() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 4);
    Path config = tiny.configOfTasks(ALL_TASKS, METHODS);

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]", "--save", "predictions,overlays");

    assertThat(run.status()).as(run.err()).isZero();
    Path output = tiny.output("out");
    List<Measurement> measured = measurements(output);
    assertThat(measured).hasSize(9);
    for (Measurement each : measured) {
      JsonNode evaluated = evaluated(output, each.set().task(), each.method());
      String metric = each.set().task().metric();
      assertThat(evaluated.path("frames").asInt()).isEqualTo(4);
      assertThat(evaluated.path("pooled").path(metric).asDouble(Double.NaN))
          .as("%s of %s", each.set().task(), each.method())
          .isCloseTo(each.value(Protocol.POOLED), within(1e-9));
      assertThat(evaluated.path("frame_mean").path(metric).asDouble(Double.NaN))
          .isCloseTo(each.frameMean(), within(1e-9));
    }
    TinySweep.Run status = TinySweep.run("status", "--output", output.toString());
    assertThat(status.out())
        .contains("9 units: 9 done", "predictions, overlays saved of 9 of 9 units");
  }

  @Test
  void keepingPredictionsChangesNoRowAndAUnitWithoutThemIsComputedAgain() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 2);
    Path config = tiny.configOfTasks("[semantic, panoptic]", METHODS);
    Path output = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[2]").status()).isZero();
    Map<String, FileTime> before = rows(output);
    List<String> contents = TinySweep.reproducibleRows(output);

    TinySweep.Run saving = tiny.sweep(config, "out", "local[2]", "--save", "predictions");

    assertThat(saving.status()).as(saving.err()).isZero();
    assertThat(saving.err())
        .contains("12 units with rows and not all of their predictions")
        .contains("12 units on 2 videos, 0 done before");
    assertThat(rows(output)).isEqualTo(before);
    assertThat(TinySweep.reproducibleRows(output)).isEqualTo(contents);
    TinySweep.Run together = tiny.sweep(config, "fresh", "local[2]", "--save", "predictions");
    assertThat(together.status()).as(together.err()).isZero();
    assertThat(TinySweep.reproducibleRows(tiny.output("fresh"))).isEqualTo(contents);
    for (String file : TinySweep.visibleFiles(output)) {
      if (file.startsWith("predictions/")) {
        assertThat(output.resolve(file)).hasSameBinaryContentAs(tiny.output("fresh").resolve(file));
      }
    }

    TinySweep.Run again = tiny.sweep(config, "out", "local[2]", "--save", "predictions");
    assertThat(again.err()).contains("12 units on 2 videos, 12 done before");
    TinySweep.Run more = tiny.sweep(config, "out", "local[2]", "--save", "overlays");
    assertThat(more.err()).contains("12 units on 2 videos, 0 done before");
    TinySweep.Run both = tiny.sweep(config, "out", "local[2]", "--save", "overlays,predictions");
    assertThat(both.err()).contains("12 units on 2 videos, 12 done before");
  }

  @Test
  void aUnitOfWhichAFileIsGoneIsNotDone() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3);
    Path config = tiny.configOfTasks("[semantic]", METHODS);
    Path output = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[2]", "--save", "predictions").status()).isZero();
    Path lost =
        only(output.resolve(
                "predictions/dataset=tiny-step/task=semantic/method=online-ttt-mae/video=a"))
            .resolve("0001.png");
    byte[] content = Files.readAllBytes(lost);
    Files.delete(lost);

    TinySweep.Run status =
        TinySweep.run(
            "status", "--output", output.toString(), "--json", folder.resolve("s.json").toString());
    assertThat(status.out()).contains("3 done", "predictions saved of 2 of 3 units");
    JsonNode json = new JsonMapper().readTree(folder.resolve("s.json").toFile());
    assertThat(json.at("/plans/0/saved").asInt()).isEqualTo(2);
    assertThat(json.at("/plans/0/save/0").asText()).isEqualTo("predictions");

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]", "--save", "predictions");

    assertThat(run.err())
        .contains("1 unit with rows and not all of their predictions")
        .contains("3 units on 1 video, 2 done before");
    assertThat(Files.readAllBytes(lost)).isEqualTo(content);
    assertThat(TinySweep.run("status", "--output", output.toString()).out())
        .contains("predictions saved of 3 of 3 units");
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 1));
  }

  /** Sweeps again, which makes one video's units anew; all files are then as they were. */
  private static void assertThatTheNextSweepMends(
      TinySweep tiny, Path config, Map<String, byte[]> before, int units) throws IOException {
    Path output = tiny.output("out");
    assertThat(TinySweep.run("status", "--output", output.toString()).out())
        .contains("6 done", "predictions saved of %d of 6 units".formatted(6 - units));

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]", "--save", "predictions");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("%d units with rows and not all of their predictions".formatted(units))
        .contains("6 units on 2 videos, %d done before".formatted(6 - units));
    assertThat(predictions(output)).containsExactlyInAnyOrderEntriesOf(before);
    assertThat(TinySweep.run("status", "--output", output.toString()).out())
        .contains("predictions saved of 6 of 6 units");
  }

  private static Map<String, byte[]> predictions(Path output) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String file : TinySweep.visibleFiles(output)) {
      if (file.startsWith("predictions/")) {
        contents.put(file, Files.readAllBytes(output.resolve(file)));
      }
    }
    return contents;
  }

  @Test
  void aGroundTruthThatIsGoneOrDamagedIsToldAndWrittenAgain() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 2);
    Path config = tiny.configOfTasks("[panoptic]", METHODS);
    Path output = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[2]", "--save", "predictions").status()).isZero();
    Map<String, byte[]> before = predictions(output);
    Path truth =
        output.resolve("predictions/truth/dataset=tiny-step/split=test/task=panoptic/video=a");

    Files.delete(truth.resolve("0001.png"));
    assertThatTheNextSweepMends(tiny, config, before, 3);

    damage(truth.resolve("panoptic.json"));
    assertThatTheNextSweepMends(tiny, config, before, 3);

    FileUtils.deleteDirectory(truth.toFile());
    assertThatTheNextSweepMends(tiny, config, before, 3);
  }

  @Test
  void aDamagedPredictionIsMadeAnew() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 2);
    Path config = tiny.configOfTasks("[panoptic]", METHODS);
    Path output = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[2]", "--save", "predictions").status()).isZero();
    Map<String, byte[]> before = predictions(output);
    String methods = "predictions/dataset=tiny-step/task=panoptic/method=";

    damage(only(output.resolve(methods + "online-ttt-mae/video=a")).resolve("0001.png"));
    damage(only(output.resolve(methods + "mae-joint-training/video=a")).resolve("panoptic.json"));

    // Overlays that are kept meanwhile do not make the damaged files whole.
    assertThat(tiny.sweep(config, "out", "local[2]", "--save", "overlays").status()).isZero();
    for (String file : TinySweep.visibleFiles(output)) {
      if (file.endsWith("-overlay.png")) {
        Files.delete(output.resolve(file));
      }
    }
    TinySweep.Run run = tiny.sweep(config, "out", "local[2]", "--save", "predictions");

    assertThat(run.err()).contains("2 units with rows and not all of their predictions");
    assertThat(predictions(output)).containsExactlyInAnyOrderEntriesOf(before);
  }

  @Test
  void coloursAreKeptAsPicturesAndForcedUnitsLoseTheirs() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    Path config =
        tiny.configOfColorization("methods: [{method: mae-joint-training, preset: small}]\n");
    Path output = tiny.output("out");
    assertThat(tiny.sweep(config, "out", "local[1]", "--save", "predictions").status()).isZero();

    assertThat(TinySweep.visibleFiles(output).stream().filter(f -> f.startsWith("predictions/")))
        .hasSize(2)
        .allMatch(file -> file.contains("task=colorization") && file.endsWith(".png"));

    TinySweep.Run forced = tiny.sweep(config, "out", "local[1]", "--force", "mae-joint-training");
    assertThat(forced.status()).as(forced.err()).isZero();
    assertThat(TinySweep.visibleFiles(output)).noneMatch(file -> file.startsWith("predictions/"));
    assertThat(TinySweep.visibleFiles(output)).noneMatch(file -> file.startsWith("saved/"));
  }

  @Test
  void videosShowInputTruthFixedAndOnlineWhicheverSweepsRanTheUnits() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 2);
    Path output = tiny.output("out");
    Path fixed =
        tiny.configOfTasks(
            "[panoptic]", "methods: [{method: mae-joint-training, preset: small}]\n");
    TinySweep.Run first = tiny.sweep(fixed, "out", "local[1]", "--save", "video");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("2 videos made, 0 there before");
    Path all = tiny.configOfTasks("[panoptic]", METHODS);

    TinySweep.Run run = tiny.sweep(all, "out", "local[2]", "--save", "video", "--split", "unit");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("6 units on 2 videos, 2 done before")
        .contains("2 videos made, 0 there before");
    Path folderOfA = output.resolve("videos/dataset=tiny-step/split=test/task=panoptic/video=a");
    List<String> files = TinySweep.visibleFiles(folderOfA);
    assertThat(files).hasSize(2).anyMatch(file -> file.startsWith("online-ttt-mae-seed0-"));
    Path made =
        folderOfA.resolve(
            files.stream().filter(file -> file.startsWith("online")).findFirst().orElseThrow());
    Video video =
        new VideoFilesLayout()
            .film(new org.apache.hadoop.fs.Path(made.toUri()), new Configuration());
    assertThat(video.frameCount()).isEqualTo(3);
    assertThat(video.framesPerSecond()).isCloseTo(10, within(0.01));
    RgbImage frame = video.read(1).image();
    // Four panels of 336 x 224: frames of 48 x 32 in whole steps, and three gaps.
    assertThat(frame.width()).isEqualTo(4 * 336 + 3 * 4);
    assertThat(frame.height()).isEqualTo(224);
    // The truth's panel differs from the input's, where nothing is written over it.
    double apart = 0;
    for (int y = 80; y < 140; y++) {
      for (int x = 100; x < 240; x++) {
        int input = (y * frame.width() + x) * 3;
        int truth = (y * frame.width() + x + 340) * 3;
        apart += Math.abs((frame.pixels()[input] & 0xff) - (frame.pixels()[truth] & 0xff));
      }
    }
    assertThat(apart / (60 * 140)).isGreaterThan(5);
    FileTime before = Files.getLastModifiedTime(made);

    TinySweep.Run again = tiny.sweep(all, "out", "local[2]", "--save", "video");
    assertThat(again.err()).contains("6 done before").contains("0 videos made, 2 there before");
    assertThat(Files.getLastModifiedTime(made)).isEqualTo(before);
    Files.delete(made);
    TinySweep.Run lost = tiny.sweep(all, "out", "local[2]", "--save", "video");
    assertThat(lost.err()).contains("6 done before").contains("1 video made, 1 there before");
    assertThat(made).exists();
    assertThat(linked(output, tiny.output("a report"))).hasSize(4).contains(made);
  }

  /** The videos that a report's page links. */
  private static List<Path> linked(Path results, Path report) throws IOException {
    TinySweep.Run run = TinySweep.report(results, report);
    assertThat(run.status()).as(run.err()).isZero();
    String page = Files.readString(report.resolve("index.html"));
    assertThat(page).contains("4 videos side by side");
    return Pattern.compile("<a href=\"(\\.\\./[^\"]+)\">")
        .matcher(page)
        .results()
        .map(link -> report.toUri().resolve(link.group(1)))
        .map(Path::of)
        .filter(Files::isRegularFile)
        .toList();
  }
}
