package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MakespanTest {

  @Test
  void theLongestTaskStartsFirst() {
    Makespan makespan = Makespan.longestFirst(List.of(1.0, 1.0, 1.0, 1.0, 4.0), 2);
    assertThat(makespan.length()).isEqualTo(4);
    assertThat(makespan.lowerBound()).isEqualTo(4);
    assertThat(makespan.idleShare()).isEqualTo(0);
  }

  @Test
  void moreSlotsThanTasksAreIdle() {
    Makespan makespan = Makespan.longestFirst(List.of(2.0, 1.0), 4);
    assertThat(makespan.length()).isEqualTo(2);
    assertThat(makespan.idleShare()).isCloseTo(1 - 3.0 / 8, within(1e-12));
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(Makespan.longestFirst(List.of(), 3)).isEqualTo(new Makespan(0, 0, 0));
  }

  @Test
  void theScheduleIsNeverBelowTheBoundNorAboveGrahamsLimit() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 200; trial++) {
      int slots = 1 + random.nextInt(16);
      List<Double> costs =
          DoubleStream.generate(() -> 1 + random.nextDouble() * 99)
              .limit(1 + random.nextInt(60))
              .boxed()
              .toList();
      Makespan makespan = Makespan.longestFirst(costs, slots);
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
    List<Double> sorted = costs.stream().sorted(java.util.Comparator.reverseOrder()).toList();
    return sorted.get(slots - 1) + sorted.get(slots);
  }
}
