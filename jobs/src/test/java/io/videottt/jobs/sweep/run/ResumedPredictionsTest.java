package io.videottt.jobs.sweep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.base.Task;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.SweepContext;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions of units that were stopped, against those of units that were not. */
class ResumedPredictionsTest {

  private static final Set<SaveKind> ALL = EnumSet.allOf(SaveKind.class);
  @TempDir private static Path folder;
  private static final Configuration HADOOP = new Configuration();
  private static SweepPlanner planner;
  private static VideoWork video;

  @BeforeAll
  static void plan() throws IOException {
    TinySweep tiny = TinySweep.create(folder, StoppedTask.FRAMES);
    SweepRequest request =
        new SweepRequest(
            tiny.configOfTasks("[semantic, panoptic, instance]", StoppedTask.METHODS),
            Optional.of(folder.resolve("catalog").toString()),
            Map.of());
    planner = new SweepPlanner(request, HADOOP);
    video = planner.plan().tasks().get(0);
  }

  private static ResultsFolder results(Path output) {
    return new ResultsFolder(output.toString(), HADOOP);
  }

  private static List<UnitCompletion> run(
      AdaptationWork group,
      Path output,
      Duration checkpoints,
      Set<SaveKind> save,
      Consumer<VideoProgress> progress)
      throws IOException {
    SweepContext run = planner.run("run-test", output.toString(), "cpu", checkpoints).saving(save);
    return new VideoWorker(run, HADOOP, progress).run(video.with(List.of(group)));
  }

  private static void runWhole(
      AdaptationWork group, Path output, Duration checkpoints, Set<SaveKind> save)
      throws IOException {
    assertThat(run(group, output, checkpoints, save, progress -> {}))
        .noneMatch(UnitCompletion::failed);
  }

  /** Files of predictions by their names, as hexadecimal digits. */
  private static Map<String, String> files(Path output) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String file : TinySweep.visibleFiles(output)) {
      if (file.startsWith("predictions/") || file.startsWith("pictures/")) {
        files.put(file, HexFormat.of().formatHex(Files.readAllBytes(output.resolve(file))));
      }
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae-joint-training", "online-ttt-mae", "offline-ttt-mae-all-frames"})
  void aUnitThatGoesOnInTheMiddleHasThePredictionsOfAnUndisturbedOne(String id) throws IOException {
    AdaptationWork group = StoppedTask.group(video, id);
    Path undisturbed = folder.resolve("undisturbed-" + id);
    Path stopped = folder.resolve("stopped-" + id);
    runWhole(group, undisturbed, Duration.ZERO, ALL);

    // Three tasks tell of every frame, so that frame 2 is the fourth to sixth report.
    assertThatThrownBy(() -> run(group, stopped, Duration.ZERO, ALL, StoppedTask.at(5)))
        .isInstanceOf(TaskKilledException.class);
    assertThat(LastCheckpoint.in(results(stopped).checkpoints(group), HADOOP)).isPresent();
    for (Unit unit : group.units()) {
      assertThat(new SavedPredictions(results(stopped), HADOOP).isWhole(unit, ALL)).isFalse();
    }
    runWhole(group, stopped, Duration.ofDays(1), ALL);

    Map<String, String> expected = files(undisturbed);
    assertThat(expected.keySet())
        .hasSize(
            // Predictions: maps, overlays and small pictures; lists. Truth: maps, lists, names.
            StoppedTask.FRAMES * (2 + 2 + 1)
                + 3 * StoppedTask.FRAMES
                + 2
                + (2 * StoppedTask.FRAMES)
                + 2
                + 3)
        .noneMatch(file -> file.contains("_candidates") || file.contains("_parts"));
    assertThat(files(stopped)).isEqualTo(expected);
    for (Unit unit : group.units()) {
      assertThat(new SavedPredictions(results(stopped), HADOOP).isWhole(unit, ALL)).isTrue();
    }
  }

  @Test
  void aCheckpointOfARunThatKeptNothingIsNotGoneOnFrom() throws IOException {
    AdaptationWork group = StoppedTask.group(video, "online-ttt-mae");
    Path output = folder.resolve("kept-nothing");
    assertThatThrownBy(() -> run(group, output, Duration.ZERO, Set.of(), StoppedTask.at(5)))
        .isInstanceOf(TaskKilledException.class);
    assertThat(LastCheckpoint.in(results(output).checkpoints(group), HADOOP)).isPresent();

    runWhole(group, output, Duration.ofDays(1), ALL);

    Path undisturbed = folder.resolve("kept-nothing-undisturbed");
    runWhole(group, undisturbed, Duration.ofDays(1), ALL);
    assertThat(files(output)).isEqualTo(files(undisturbed));
  }

  @Test
  void aFrameWhoseFileIsGoneFailsTheUnitWhichStartsAgain() throws IOException {
    AdaptationWork group = StoppedTask.group(video, "online-ttt-mae");
    Path output = folder.resolve("gone");
    assertThatThrownBy(() -> run(group, output, Duration.ZERO, ALL, StoppedTask.at(8)))
        .isInstanceOf(TaskKilledException.class);
    String lost =
        files(output).keySet().stream()
            .filter(file -> file.contains("task=semantic") && file.endsWith("/0000.png"))
            .filter(file -> !file.contains("/truth/"))
            .findFirst()
            .orElseThrow();
    Files.delete(output.resolve(lost));

    List<UnitCompletion> reports = run(group, output, Duration.ofDays(1), ALL, progress -> {});

    assertThat(reports).filteredOn(UnitCompletion::failed).isNotEmpty();
    assertThat(reports)
        .filteredOn(report -> report.unit().task() == Task.SEMANTIC)
        .allMatch(report -> report.failure().contains("1 of 5 frames are missing"));
    runWhole(group, output, Duration.ofDays(1), ALL);
    assertThat(output.resolve(lost)).exists();
  }

  @Test
  void rowsThatSayAnotherMeanAreNotMixedWithPredictionsOfNow() throws IOException {
    AdaptationWork group = StoppedTask.group(video, "mae-joint-training");
    Path output = folder.resolve("other-mean");
    runWhole(group, output, Duration.ofDays(1), Set.of());
    Unit unit = group.units().get(0);
    Path description = output.resolve("units/" + unit.id() + ".json");
    Files.writeString(
        description,
        Files.readString(description).replaceFirst("\"frameMean\":[0-9.E-]+", "\"frameMean\":1.5"));

    List<UnitCompletion> reports = run(group, output, Duration.ofDays(1), ALL, progress -> {});

    assertThat(reports)
        .filteredOn(UnitCompletion::failed)
        .isNotEmpty()
        .allMatch(report -> report.failure().contains("its rows have the frame mean 1.5"))
        .allMatch(report -> report.failure().contains("--force " + unit.id()));
    assertThat(new SavedPredictions(results(output), HADOOP).isWhole(unit, ALL)).isFalse();
    assertThat(results(output).isFinished(unit)).isTrue();
  }
}
