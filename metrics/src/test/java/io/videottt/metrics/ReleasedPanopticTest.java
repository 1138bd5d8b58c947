package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of the released evaluator, by hand and against its own steps spelt out. */
class ReleasedPanopticTest {

  private static final int CLASSES = 3;

  @Test
  void aPredictionOnAnIgnoredCategoryIsAFalsePositiveAndOneOnVoidIsNot() {
    int[] predicted = {1, 1, 1, 1, 2, 2, 2, 2};
    int[] unscored = {1, 1, 1, 1, -1, -1, -1, -1};
    int[] empty = {1, 1, 1, 1, 0, 0, 0, 0};

    PanopticCounts onIgnored = counts(unscored, predicted, PanopticRules.RELEASED, false);
    assertThat(onIgnored.falsePositives(1)).isEqualTo(1);
    assertThat(pq(onIgnored)).isCloseTo(50, within(1e-9));
    PanopticCounts onVoid = counts(empty, predicted, PanopticRules.RELEASED, false);
    assertThat(onVoid.falsePositives(1)).isZero();
    assertThat(pq(onVoid)).isCloseTo(100, within(1e-9));
    assertThat(pq(counts(unscored, predicted, PanopticRules.BENCHMARK, false)))
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void pixelsOfAnIgnoredCategoryStayInTheUnion() {
    int[] truth = {1, 1, 1, -1, -1, 0, 0, 0};
    int[] predicted = {1, 1, 1, 1, 1, 1, 0, 0};

    assertThat(counts(truth, predicted, PanopticRules.RELEASED, false).iouSum(0))
        .isCloseTo(3.0 / 5, within(1e-12));
    assertThat(counts(truth, predicted, PanopticRules.BENCHMARK, false).iouSum(0))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void aCrowdIsMissedOrFoundLikeAnySegment() {
    int[] truth = {1, 1, 1, 1, 0, 0};

    PanopticCounts missed = counts(truth, new int[6], PanopticRules.RELEASED, true);
    assertThat(missed.falseNegatives(0)).isEqualTo(1);
    assertThat(counts(truth, new int[6], PanopticRules.BENCHMARK, true).falseNegatives(0)).isZero();
    PanopticCounts found = counts(truth, truth, PanopticRules.RELEASED, true);
    assertThat(found.truePositives(0)).isEqualTo(1);
    PanopticCounts small =
        counts(truth, new int[] {1, 0, 0, 0, 0, 0}, PanopticRules.RELEASED, true);
    assertThat(small.falsePositives(0)).isEqualTo(1);
  }

  @Test
  void withoutIgnoredCategoriesAndCrowdsBothRulesCountTheSame() {
    Random random = new Random(5);
    for (int trial = 0; trial < 100; trial++) {
      int[] truth = random(random, false);
      int[] predicted = random(random, false);
      PanopticCounts released = counts(truth, predicted, PanopticRules.RELEASED, false);
      PanopticCounts benchmark = counts(truth, predicted, PanopticRules.BENCHMARK, false);
      for (int classId = 0; classId < CLASSES; classId++) {
        assertThat(released.iouSum(classId)).isEqualTo(benchmark.iouSum(classId));
        assertThat(released.falsePositives(classId)).isEqualTo(benchmark.falsePositives(classId));
        assertThat(released.falseNegatives(classId)).isEqualTo(benchmark.falseNegatives(classId));
      }
    }
  }

  @Test
  void randomFramesEqualTheReleasedEvaluatorStepByStep() {
    Random random = new Random(6);
    for (int trial = 0; trial < 400; trial++) {
      int[] truth = random(random, true);
      int[] predicted = random(random, false);
      PanopticCounts counts = counts(truth, predicted, PanopticRules.RELEASED, trial % 2 == 0);
      Evaluator expected = new Evaluator(truth, predicted);
      for (int classId = 0; classId < CLASSES; classId++) {
        assertThat(counts.truePositives(classId)).isEqualTo(expected.tp[classId]);
        assertThat(counts.falsePositives(classId)).isEqualTo(expected.fp[classId]);
        assertThat(counts.falseNegatives(classId)).isEqualTo(expected.fn[classId]);
        assertThat(counts.iouSum(classId)).isCloseTo(expected.iou[classId], within(1e-12));
      }
    }
  }

  private static int[] random(Random random, boolean unscored) {
    int[] ids = new int[60];
    int start = 0;
    while (start < ids.length) {
      int end = Math.min(ids.length, start + 1 + random.nextInt(12));
      int id = random.nextInt(7);
      while (start < end) {
        ids[start++] = id == 6 ? (unscored ? PanopticMap.UNSCORED : PanopticMap.VOID) : id;
      }
    }
    return ids;
  }

  /** A segment's class is its id less one, in rounds. */
  private static int classOf(int id) {
    return (id - 1) % CLASSES;
  }

  private static PanopticCounts counts(
      int[] truth, int[] predicted, PanopticRules rules, boolean crowds) {
    PanopticCounts counts = new PanopticCounts(CLASSES);
    counts.add("image", map(truth, crowds), map(predicted, false), rules);
    return counts;
  }

  private static PanopticMap map(int[] ids, boolean crowds) {
    TreeSet<Integer> found = new TreeSet<>();
    for (int id : ids) {
      found.add(id);
    }
    List<PanopticSegment> segments = new ArrayList<>();
    for (int id : found.tailSet(1)) {
      segments.add(new PanopticSegment(id, classOf(id), crowds, 0));
    }
    return new PanopticMap(1, ids.length, ids, segments);
  }

  private static double pq(PanopticCounts counts) {
    return counts.quality().orElseThrow().pq();
  }

  /** {@code pq_compute_single_core} of the release, whose segments of category 255 are listed. */
  private static final class Evaluator {

    private final double[] iou = new double[CLASSES];
    private final long[] tp = new long[CLASSES];
    private final long[] fp = new long[CLASSES];
    private final long[] fn = new long[CLASSES];

    Evaluator(int[] truth, int[] predicted) {
      Map<List<Integer>, Integer> pairs = new HashMap<>();
      Map<Integer, Integer> truthAreas = new HashMap<>();
      Map<Integer, Integer> predictedAreas = new HashMap<>();
      for (int i = 0; i < truth.length; i++) {
        pairs.merge(List.of(truth[i], predicted[i]), 1, Integer::sum);
        truthAreas.merge(truth[i], 1, Integer::sum);
        predictedAreas.merge(predicted[i], 1, Integer::sum);
      }
      Set<Integer> truthMatched = new HashSet<>();
      Set<Integer> predictedMatched = new HashSet<>();
      pairs.forEach(
          (pair, common) -> {
            int one = pair.get(0);
            int other = pair.get(1);
            if (one > 0 && other > 0 && classOf(one) == classOf(other)) {
              double union =
                  predictedAreas.get(other)
                      + truthAreas.get(one)
                      - common
                      - pairs.getOrDefault(List.of(PanopticMap.VOID, other), 0);
              if (common / union > 0.5 && common / union <= 1) {
                tp[classOf(one)]++;
                iou[classOf(one)] += common / union;
                truthMatched.add(one);
                predictedMatched.add(other);
              }
            }
          });
      for (int one : truthAreas.keySet()) {
        if (one > 0 && !truthMatched.contains(one)) {
          fn[classOf(one)]++;
        }
      }
      predictedAreas.forEach(
          (other, area) -> {
            double excused = pairs.getOrDefault(List.of(PanopticMap.VOID, other), 0);
            if (other > 0 && !predictedMatched.contains(other) && excused / area <= 0.5) {
              fp[classOf(other)]++;
            }
          });
    }
  }
}
