package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.sweep.run.SweepProgress;
import io.videottt.jobs.sweep.run.VideoProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdaptationWorkTest {

  private static Unit unit(Task task, Method method) {
    return SyntheticResults.unit(task, "0001", method, 0);
  }

  private static final List<Unit> UNITS =
      List.of(
          unit(Task.INSTANCE, Methods.ONLINE_TTT_MAE),
          unit(Task.SEMANTIC, Methods.MAE_JOINT_TRAINING),
          unit(Task.SEMANTIC, Methods.ONLINE_TTT_MAE),
          unit(Task.PANOPTIC, Methods.ONLINE_TTT_MAE));

  @Test
  void unitsThatDifferInTheTaskOnlyRunTogetherAtTheCostOfOne() {
    List<AdaptationWork> groups = AdaptationWork.of(UNITS, AssumedCosts.UNIT);

    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).tasks()).containsExactly(Task.SEMANTIC, Task.PANOPTIC, Task.INSTANCE);
    assertThat(groups.get(0).cost()).isEqualTo(AssumedCosts.UNIT.seconds(UNITS.subList(0, 1)));
    assertThat(groups.get(1).units()).containsExactly(UNITS.get(1));
  }

  @Test
  void unitsOfOneGroupHaveIdsOfTheirOwnAndTheSameRandomNumbers() {
    AdaptationWork group = AdaptationWork.of(UNITS, AssumedCosts.UNIT).get(0);

    assertThat(group.units()).extracting(Unit::id).doesNotHaveDuplicates();
    assertThat(group.units())
        .extracting(Unit::adaptation)
        .extracting(Adaptation::randomSeed)
        .containsOnly(UNITS.get(0).adaptation().randomSeed());
  }

  @Test
  void unitsWithResultsAreLeftOut() {
    List<AdaptationWork> remaining =
        AdaptationWork.without(
            AdaptationWork.of(UNITS, AssumedCosts.UNIT),
            Set.of(UNITS.get(1).id(), UNITS.get(2).id()));

    assertThat(remaining).hasSize(1);
    assertThat(remaining.get(0).tasks()).containsExactly(Task.PANOPTIC, Task.INSTANCE);
  }

  @Test
  void theProgressLineTellsEveryTasksMetric() {
    Map<Task, Double> means = new EnumMap<>(Task.class);
    means.put(Task.INSTANCE, Double.NaN);
    means.put(Task.SEMANTIC, 54.321);
    VideoProgress progress =
        new VideoProgress(
            "tiny/test/0001", "0001", Methods.ONLINE_TTT_MAE, 2, 10, means, 0.25, 2, 20, 1);
    ProgressLine line = new ProgressLine(new PrintWriter(new StringWriter()), false, Duration.ZERO);
    SweepProgress sweep = new SweepProgress(line, 8, 100);
    sweep.receive(progress);

    assertThat(sweep.describe(progress, 10))
        .isEqualTo(
            "unit 3 of 8 | 0001 | Online TTT-MAE | frame 2 of 10 | mIoU 54.32, AP - |"
                + " 0.250 s/frame | ETA 40 s");
  }
}
