package io.videottt.jobs.sweep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.SweepContext;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of a unit that was stopped twice, against those of one that was not. */
class ResumedPreviewsTest {

  @TempDir private static Path folder;
  private static final Configuration HADOOP = new Configuration();
  private static SweepPlanner planner;
  private static VideoWork video;

  @BeforeAll
  static void plan() throws IOException {
    TinySweep tiny = TinySweep.create(folder, StoppedTask.FRAMES);
    SweepRequest request =
        new SweepRequest(
            tiny.config(StoppedTask.METHODS),
            Optional.of(folder.resolve("catalog").toString()),
            Map.of());
    planner = new SweepPlanner(request, HADOOP);
    video = planner.plan().tasks().get(0);
  }

  /** A frame's pictures, each as hexadecimal digits, and its metric. */
  private record Pictures(
      int frame,
      Optional<String> prediction,
      Optional<String> input,
      Optional<String> truth,
      double metric) {

    static Pictures of(Group row) {
      return new Pictures(
          row.getInteger(MetricsSchema.FRAME_INDEX, 0),
          picture(row, MetricsSchema.PREVIEW),
          picture(row, MetricsSchema.PREVIEW_INPUT),
          picture(row, MetricsSchema.PREVIEW_TRUTH),
          row.getDouble(MetricsSchema.MIOU, 0));
    }

    private static Optional<String> picture(Group row, String column) {
      return row.getFieldRepetitionCount(column) == 0
          ? Optional.empty()
          : Optional.of(HexFormat.of().formatHex(row.getBinary(column, 0).getBytes()));
    }
  }

  private static List<Pictures> pictures(Unit unit, Path output) throws IOException {
    List<Pictures> pictures = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), results(output).metricsFile(unit)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        pictures.add(Pictures.of(row));
      }
    }
    return pictures;
  }

  private static ResultsFolder results(Path output) {
    return new ResultsFolder(output.toString(), HADOOP);
  }

  private static void run(
      AdaptationWork group, Path output, Duration checkpoints, Consumer<VideoProgress> progress)
      throws IOException {
    SweepContext run = planner.run("run-test", output.toString(), "cpu", checkpoints);
    List<UnitCompletion> reports =
        new VideoWorker(run, HADOOP, progress).run(video.with(List.of(group)));
    assertThat(reports).noneMatch(UnitCompletion::failed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae-joint-training", "online-ttt-mae", "offline-ttt-mae-all-frames"})
  void theFileHoldsThePicturesOfAnUndisturbedRun(String id) throws IOException {
    AdaptationWork group = StoppedTask.group(video, id);
    Path undisturbed = folder.resolve("undisturbed");
    Path stopped = folder.resolve("stopped");
    run(group, undisturbed, Duration.ZERO, progress -> {});

    assertThatThrownBy(() -> run(group, stopped, Duration.ZERO, StoppedTask.at(2)))
        .isInstanceOf(TaskKilledException.class);
    // No checkpoint follows any more: the pictures of two more frames or iterations are lost.
    assertThatThrownBy(() -> run(group, stopped, Duration.ofDays(1), StoppedTask.at(4)))
        .isInstanceOf(TaskKilledException.class);
    assertThat(LastCheckpoint.in(results(stopped).checkpoints(group), HADOOP))
        .map(LastCheckpoint::position)
        .contains(1);
    run(group, stopped, Duration.ofDays(1), progress -> {});

    List<Pictures> expected = pictures(group.units().get(0), undisturbed);
    assertThat(expected)
        .hasSize(StoppedTask.FRAMES)
        .allMatch(frame -> frame.prediction().isPresent());
    assertThat(expected)
        .allMatch(
            frame ->
                frame.input().isPresent()
                    == (group.adaptation().method() == Methods.MAE_JOINT_TRAINING))
        .allMatch(frame -> frame.truth().isPresent() == frame.input().isPresent());
    assertThat(pictures(group.units().get(0), stopped)).isEqualTo(expected);
    assertThat(TinySweep.visibleFiles(stopped)).noneMatch(file -> file.startsWith("checkpoints/"));
  }
}
