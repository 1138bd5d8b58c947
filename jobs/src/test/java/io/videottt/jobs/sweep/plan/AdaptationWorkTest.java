package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.results.SyntheticResults;
import java.util.List;
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
}
