package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MakespanTest {

  @Test
  void tasksStartInOrderOnTheSlotThatIsFreeFirst() {
    Makespan longestLast = Makespan.simulate(List.of(1.0, 1.0, 1.0, 1.0, 4.0), 2);
    assertThat(longestLast.length()).isEqualTo(6);
    assertThat(longestLast.lowerBound()).isEqualTo(4);
    assertThat(longestLast.idleShare()).isCloseTo(1 - 8.0 / 12, within(1e-12));

    Makespan longestFirst = Makespan.simulate(List.of(4.0, 1.0, 1.0, 1.0, 1.0), 2);
    assertThat(longestFirst.length()).isEqualTo(4);
    assertThat(longestFirst.idleShare()).isEqualTo(0);
  }

  @Test
  void moreSlotsThanTasksAreIdle() {
    Makespan makespan = Makespan.simulate(List.of(2.0, 1.0), 4);
    assertThat(makespan.length()).isEqualTo(2);
    assertThat(makespan.idleShare()).isCloseTo(1 - 3.0 / 8, within(1e-12));
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(Makespan.simulate(List.of(), 3)).isEqualTo(new Makespan(0, 0, 0));
  }

  @Test
  void longestFirstIsNeverBelowTheBoundNorAboveGrahamsLimit() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 200; trial++) {
      int slots = 1 + random.nextInt(16);
      List<Double> costs =
          DoubleStream.generate(() -> 1 + random.nextDouble() * 99)
              .limit(1 + random.nextInt(60))
              .boxed()
              .sorted(Comparator.reverseOrder())
              .toList();
      Makespan makespan = Makespan.simulate(costs, slots);
      assertThat(makespan.length()).isGreaterThanOrEqualTo(makespan.lowerBound() - 1e-9);
      assertThat(makespan.length())
          .isLessThanOrEqualTo((4.0 / 3) * Math.max(makespan.lowerBound(), pairs(costs, slots)));
    }
  }

  /** Two of the slots + 1 longest tasks must share a slot. */
  private static double pairs(List<Double> costs, int slots) {
    if (costs.size() <= slots) {
      return 0;
    }
    return costs.get(slots - 1) + costs.get(slots);
  }
}
