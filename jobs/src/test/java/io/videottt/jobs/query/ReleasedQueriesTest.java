package io.videottt.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.grid.GridResults;
import io.videottt.jobs.report.ReportJob;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticQuality;
import io.videottt.reports.Measurement;
import io.videottt.reports.Protocol;
import io.videottt.reports.Released;
import io.videottt.reports.VideoResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The released code's protocol, from rows by Spark and from the counts of every frame. */
class ReleasedQueriesTest {

  private static final double EXACT = 1e-9;
  private static final int CLASSES = SyntheticResults.CLASSES;

  @TempDir private Path folder;

  private Measurement only() throws IOException {
    List<Measurement> measurements = measurements();
    assertThat(measurements).hasSize(1);
    return measurements.get(0);
  }

  private List<Measurement> measurements() throws IOException {
    try (SparkSession spark = SyntheticResults.session()) {
      return new ReportJob(spark).measurements(folder.toString(), Optional.empty());
    }
  }

  private void write(Unit unit, List<FrameScore> scores, int unannotated) throws IOException {
    List<FrameResult> frames = new ArrayList<>();
    for (FrameScore score : scores) {
      frames.add(SyntheticResults.frame(frames.size(), score));
    }
    for (int i = 0; i < unannotated; i++) {
      frames.add(SyntheticResults.unannotated(frames.size(), unit.task()));
    }
    new SyntheticResults(folder).write(unit, frames.toArray(FrameResult[]::new));
  }

  @Test
  void aClassThatIsOnlyPredictedCountsAsZeroAndVideosWeighAsTheirAnnotatedFrames()
      throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    // IoU 1/2 of class 0; class 1 is only predicted: 50 by the text, 25 by the release.
    results.write(
        SyntheticResults.unit("0001", Methods.ONLINE_TTT_MAE, 0),
        SyntheticResults.frame(0, "0000", "0011"),
        SyntheticResults.unannotated(1),
        SyntheticResults.unannotated(2),
        SyntheticResults.unannotated(3));
    // All right, but for ignored pixels.
    results.write(
        SyntheticResults.unit("0002", Methods.ONLINE_TTT_MAE, 0),
        SyntheticResults.frame(0, "0199", "0122"),
        SyntheticResults.frame(1, "2299", "2201"));

    Measurement measured = only();

    assertThat(measured.frameMean()).isCloseTo((4 * 50.0 + 2 * 100.0) / 6, within(EXACT));
    assertThat(measured.released().perFrame().orElseThrow())
        .isCloseTo((25.0 + 2 * 100.0) / 3, within(EXACT));
    assertThat(measured.released().perVideo()).isEmpty();
    assertThat(measured.perVideo())
        .extracting(VideoResult::released)
        .containsExactly(OptionalDouble.of(25), OptionalDouble.of(100));
  }

  @Test
  void anAnnotatedFrameWithoutAnyPixelIsLeftOutAndCounted() throws IOException {
    new SyntheticResults(folder)
        .write(
            SyntheticResults.unit("0001", Methods.ONLINE_TTT_MAE, 0),
            SyntheticResults.frame(0, "9999", "0012"),
            SyntheticResults.frame(1, "0000", "0011"));

    Released released = only().released();

    assertThat(released.perFrame().orElseThrow()).isCloseTo(25, within(EXACT));
    assertThat(released.undefinedFrames()).isEqualTo(1);
  }

  @Test
  void everyTaskEqualsTheCountsOfItsFramesAndOfItsVideos() throws IOException {
    SplittableRandom random = new SplittableRandom(31);
    Map<Task, List<List<FrameScore>>> all = new LinkedHashMap<>();
    for (Task task : Task.segmentation()) {
      List<List<FrameScore>> videos = List.of(scores(task, random, 9), scores(task, random, 4));
      all.put(task, videos);
      write(SyntheticResults.unit(task, "0001", Methods.ONLINE_TTT_MAE, 0), videos.get(0), 1);
      write(SyntheticResults.unit(task, "0002", Methods.ONLINE_TTT_MAE, 0), videos.get(1), 7);
    }

    List<Measurement> measurements = measurements();

    assertThat(measurements).hasSize(3);
    for (Measurement measured : measurements) {
      Task task = measured.set().task();
      double frames = 0;
      double pooled = 0;
      for (List<FrameScore> video : all.get(task)) {
        frames += video.size() * mean(video);
        pooled += task == Task.SEMANTIC ? 0 : video.size() * pooled(task, video);
      }
      assertThat(measured.released().perFrame().orElseThrow())
          .as(task.id())
          .isCloseTo(frames / 13, within(EXACT));
      if (task == Task.SEMANTIC) {
        assertThat(measured.released().perVideo()).isEmpty();
      } else {
        assertThat(measured.released().perVideo().orElseThrow())
            .as(task.id())
            .isCloseTo(pooled / 13, within(EXACT));
      }
    }
  }

  @Test
  void ofColorizationNothingWasReleasedAndNothingIsUnknown() throws IOException {
    write(
        SyntheticResults.unit(Task.COLORIZATION, "0001", Methods.ONLINE_TTT_MAE, 0),
        scores(Task.COLORIZATION, new SplittableRandom(3), 5),
        1);

    assertThat(only().released()).isEqualTo(Released.NONE);
  }

  private static List<FrameScore> scores(Task task, SplittableRandom random, int count) {
    List<FrameScore> scores = new ArrayList<>();
    for (int frame = 0; frame < count; frame++) {
      scores.add(
          switch (task) {
            case SEMANTIC -> PooledQueriesTest.semantic(random);
            case PANOPTIC ->
                new FrameScore.Panoptic(
                    ((FrameScore.Panoptic) PooledQueriesTest.panoptic(random)).counts(),
                    Optional.of(
                        frame == 2
                            ? new PanopticCounts(CLASSES)
                            : ((FrameScore.Panoptic) PooledQueriesTest.panoptic(random)).counts()));
            case INSTANCE -> instance(random, frame == 1 ? 0 : 1 + random.nextInt(6));
            case COLORIZATION -> PooledQueriesTest.colorization(random, frame);
          });
    }
    return scores;
  }

  /** Class 2 has no objects in half of the frames, and is stuff in some of them. */
  private static FrameScore instance(SplittableRandom random, int objects) {
    InstanceCounts counts =
        ((FrameScore.Instance) PooledQueriesTest.instance(random, objects)).counts();
    boolean seen = counts.truths(2, AreaRange.ALL) > 0;
    return new FrameScore.Instance(
        counts, Optional.of(!seen && random.nextBoolean() ? Set.of(2) : Set.of()));
  }

  private static double mean(List<FrameScore> scores) {
    return scores.stream()
        .flatMapToDouble(score -> score.released().stream())
        .average()
        .orElseThrow();
  }

  private static double pooled(Task task, List<FrameScore> video) {
    if (task == Task.PANOPTIC) {
      PanopticCounts sum = new PanopticCounts(CLASSES);
      video.forEach(score -> sum.add(((FrameScore.Panoptic) score).releasedCounts().orElseThrow()));
      return sum.quality().map(PanopticQuality::pq).orElseThrow();
    }
    InstanceCounts sum = new InstanceCounts(CLASSES);
    Set<Integer> stuff = new TreeSet<>();
    for (FrameScore score : video) {
      sum.add(((FrameScore.Instance) score).counts());
      stuff.addAll(((FrameScore.Instance) score).stuff().orElseThrow());
    }
    return sum.releasedAveragePrecision(stuff).orElseThrow();
  }

  @Test
  void ofPanopticRowsThatHoldOnlyTheBenchmarksCountsNothingIsClaimed() throws IOException {
    write(
        SyntheticResults.unit(Task.PANOPTIC, "0001", Methods.ONLINE_TTT_MAE, 0),
        List.of(PooledQueriesTest.panoptic(new SplittableRandom(1))),
        2);

    Measurement measured = only();

    assertThat(measured.frameMean()).isNotNaN();
    assertThat(measured.released()).isEqualTo(Released.unknown(1));
    assertThat(measured.perVideo().get(0).released()).isEmpty();
  }

  @Test
  void noSettingIsChosenByWhatRowsDoNotSay() throws IOException {
    Unit unit = SyntheticResults.unit(Task.PANOPTIC, "0001", Methods.ONLINE_TTT_MAE, 0);
    write(unit, List.of(PooledQueriesTest.panoptic(new SplittableRandom(1))), 0);
    SweepPlan plan = new SweepPlan(List.of(), Set.of(ResultLabel.of(unit)));

    try (SparkSession spark = SyntheticResults.session()) {
      assertThatThrownBy(() -> new GridResults(spark, folder.toString(), plan, Protocol.RELEASED))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("Online TTT-MAE: rows of an earlier version")
          .hasMessageContaining("choose another --output");
    }
  }

  @Test
  void ofInstanceRowsThatDoNotTellOfStuffNothingIsClaimed() throws IOException {
    write(
        SyntheticResults.unit(Task.INSTANCE, "0001", Methods.ONLINE_TTT_MAE, 0),
        List.of(
            PooledQueriesTest.instance(new SplittableRandom(1), 3),
            instance(new SplittableRandom(2), 3)),
        0);

    assertThat(only().released()).isEqualTo(Released.unknown(1));
  }

  @Test
  void aVideoWithoutAnySegmentCountsAsZeroAsInTheRelease() throws IOException {
    FrameScore nothing =
        new FrameScore.Panoptic(
            new PanopticCounts(CLASSES), Optional.of(new PanopticCounts(CLASSES)));
    PanopticCounts right = new PanopticCounts(CLASSES);
    right.add(0, 1, 1, 0, 0);
    FrameScore perfect = new FrameScore.Panoptic(right, Optional.of(right));
    write(
        SyntheticResults.unit(Task.PANOPTIC, "0001", Methods.ONLINE_TTT_MAE, 0),
        List.of(nothing),
        0);
    write(
        SyntheticResults.unit(Task.PANOPTIC, "0002", Methods.ONLINE_TTT_MAE, 0),
        List.of(perfect, perfect, perfect),
        0);

    Measurement measured = only();

    assertThat(measured.frameMean()).isCloseTo(100, within(EXACT));
    assertThat(measured.released().perFrame().orElseThrow()).isCloseTo(75, within(EXACT));
    assertThat(measured.released().perVideo().orElseThrow()).isCloseTo(75, within(EXACT));
  }
}
