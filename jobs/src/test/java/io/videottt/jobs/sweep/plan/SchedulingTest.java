package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.DataSetDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schedules of the paper's two data sets. A makespan counts as good when it is within 5 % of
 * the larger of the mean load and the longest task, below which no schedule is.
 */
class SchedulingTest {

  private static final double GOOD = 1.05;

  /** All 21 videos, training videos first. */
  private static final int[] KITTI_STEP = {
    154, 447, 144, 314, 297, 803, 373, 78, 376, 145, 1059, 837, 233, 270, 800, 390, 294, 340, 106,
    209, 339
  };

  /** About 350 s at 10 frames per second each, as in the paper's Table 2. */
  private static final int[] COCO_VIDEOS = {
    3540, 3470, 3500, 3620, 3380, 3510, 3490, 3560, 3440, 3515
  };

  /** Seconds per frame on an A100, the paper's Table 1; the ablations as the whole method. */
  private static final Map<Method, Double> PUBLISHED_SECONDS =
      Map.of(
          Methods.MAIN_TASK_ONLY, 1.8,
          Methods.MAE_JOINT_TRAINING, 1.8,
          Methods.TTT_MAE_NO_MEMORY, 3.8,
          Methods.IMPLICIT_MEMORY_ONLY, 4.1,
          Methods.EXPLICIT_MEMORY_ONLY, 4.1,
          Methods.ONLINE_TTT_MAE, 4.1,
          Methods.OFFLINE_TTT_MAE_ALL_FRAMES, 1.8);

  private static final CostModel PUBLISHED =
      new CostModel() {
        @Override
        public double seconds(List<Unit> units) {
          Unit unit = units.get(0);
          return unit.frames() * PUBLISHED_SECONDS.get(unit.method());
        }

        @Override
        public String describe(List<AdaptationWork> groups) {
          return "as published";
        }
      };

  private static SweepPlan kittiStep() {
    return plan("kitti-step", KITTI_STEP, Task.SEMANTIC);
  }

  private static SweepPlan cocoVideos() {
    return plan("coco-videos", COCO_VIDEOS, Task.INSTANCE, Task.PANOPTIC);
  }

  /** All methods of the paper at the released settings over videos of known lengths. */
  private static SweepPlan plan(String dataset, int[] frames, Task... tasks) {
    DataSetDefinition definition = Catalog.builtIn().definition(dataset);
    List<VideoWork> videos = new ArrayList<>();
    for (int video = 0; video < frames.length; video++) {
      List<Unit> units = new ArrayList<>();
      for (Method method : PUBLISHED_SECONDS.keySet()) {
        for (Task task : tasks) {
          units.add(unit(dataset, "%04d".formatted(video), frames[video], method, task));
        }
      }
      videos.add(
          VideoWork.of(
              definition,
              "test",
              "%04d".formatted(video),
              AdaptationWork.of(units, AssumedCosts.UNIT)));
    }
    return new SweepPlan(videos).costed(AssumedCosts.UNIT);
  }

  private static Unit unit(String dataset, String video, int frames, Method method, Task task) {
    return new Unit(
        new Adaptation(
            dataset,
            "test",
            video,
            frames,
            method,
            "",
            AdaptationSettings.released(),
            0,
            "swin-s",
            null,
            "/models/swin-s",
            "f00d",
            "",
            1),
        task);
  }

  private static Makespan makespan(SweepPlan plan, int gpus) {
    return Makespan.simulate(plan.tasks().stream().map(VideoWork::cost).toList(), gpus);
  }

  private static double overBound(SweepPlan plan, int gpus) {
    Makespan makespan = makespan(plan, gpus);
    return makespan.length() / makespan.lowerBound();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 64})
  void splitByUnitIsGoodForKittiStepHoweverTheCostsAreKnown(int gpus) {
    SweepPlan counted = kittiStep().split(WorkSplit.ADAPTATION);
    SweepPlan measured = kittiStep().costed(PUBLISHED).split(WorkSplit.ADAPTATION);

    assertThat(overBound(counted, gpus)).isBetween(1.0, GOOD);
    assertThat(overBound(measured, gpus)).isBetween(1.0, GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 64})
  void splitByUnitIsGoodForCocoVideosAtThePublishedSeconds(int gpus) {
    SweepPlan measured = cocoVideos().costed(PUBLISHED).split(WorkSplit.ADAPTATION);

    assertThat(overBound(measured, gpus)).isBetween(1.0, GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 64})
  void wholeVideosAreGoodForKittiStepAtThePublishedSeconds(int gpus) {
    assertThat(overBound(kittiStep().costed(PUBLISHED), gpus)).isBetween(1.0, GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void wholeVideosMissTheBoundForTenVideosOfOneLength(int gpus) {
    SweepPlan videos = cocoVideos().costed(PUBLISHED);
    SweepPlan units = videos.split(WorkSplit.ADAPTATION);

    assertThat(overBound(videos, gpus)).isGreaterThan(GOOD);
    assertThat(makespan(units, gpus).length()).isLessThan(makespan(videos, gpus).length());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void withMoreGpusThanVideosUnitsEndSoonerAlthoughTheLongestVideoIsABoundOfItsOwn(int gpus) {
    SweepPlan videos = cocoVideos().costed(PUBLISHED);

    assertThat(overBound(videos, gpus)).isEqualTo(1);
    assertThat(makespan(videos.split(WorkSplit.ADAPTATION), gpus).length())
        .isLessThan(0.65 * makespan(videos, gpus).length());
  }

  /** 40 units of one length on 16 slots: some slot gets three, the mean is two and a half. */
  @Test
  void nearlyEqualUnitsThatDoNotDivideByTheSlotsMissTheBoundInEverySchedule() {
    SweepPlan units = cocoVideos().split(WorkSplit.ADAPTATION);
    List<Double> costs = units.tasks().stream().map(VideoWork::cost).toList();
    double threeShortest = IntStream.rangeClosed(37, 39).mapToDouble(costs::get).sum();

    Makespan makespan = makespan(units, 16);

    assertThat(threeShortest).isGreaterThan(GOOD * makespan.lowerBound());
    assertThat(makespan.length()).isBetween(threeShortest, 1.1 * makespan.lowerBound());
  }

  @Test
  void unitsThatDifferInTheTaskStayTogetherAndNothingIsLostOrDoubled() {
    SweepPlan videos = cocoVideos();
    SweepPlan units = videos.split(WorkSplit.ADAPTATION);

    assertThat(units.tasks()).hasSize(70).allMatch(task -> task.units().size() == 2);
    assertThat(units.units()).containsExactlyInAnyOrderElementsOf(videos.units());
    assertThat(units.cost()).isCloseTo(videos.cost(), withinPercentage(1e-9));
    assertThat(units.tasks().stream().map(VideoWork::cost).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
  }
}
