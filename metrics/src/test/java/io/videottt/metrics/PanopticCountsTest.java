package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.base.InvalidInputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PanopticCountsTest {

  private static final int LARGEST_ID = (1 << 24) - 1;

  @Test
  void equalSegmentsArePerfect() {
    PanopticMap map =
        map(new int[] {7, 7, 9, LARGEST_ID}, truth(7, 0), truth(9, 1), truth(LARGEST_ID, 1));
    PanopticCounts counts = counts(map, map);
    assertThat(counts.quality()).contains(new PanopticQuality(100, 100, 100, 2));
    assertThat(counts.quality(0)).isPresent();
    assertThat(counts.quality(2)).isEmpty();
  }

  @Test
  void halfAnIntersectionIsNoMatch() {
    PanopticCounts counts =
        counts(
            map(new int[] {1, 1, 0, 0}, truth(1, 0)), map(new int[] {5, 0, 0, 0}, predicted(5, 0)));
    assertThat(counts.truePositives(0)).isZero();
    assertThat(counts.falsePositives(0)).isEqualTo(1);
    assertThat(counts.falseNegatives(0)).isEqualTo(1);
    assertThat(counts.quality()).contains(new PanopticQuality(0, 0, 0, 1));
  }

  @Test
  void voidPixelsDoNotCountAgainstAMatch() {
    PanopticCounts counts =
        counts(
            map(new int[] {1, 1, 1, 0}, truth(1, 0)), map(new int[] {2, 2, 2, 2}, predicted(2, 0)));
    assertThat(counts.quality().orElseThrow().pq()).isCloseTo(100, within(1e-12));
  }

  @Test
  void aPredictionMostlyInVoidOrACrowdOfItsClassIsNoFalsePositive() {
    PanopticSegment crowd = new PanopticSegment(3, 0, true, 0);
    PanopticMap truth = map(new int[] {0, 3, 3, 4}, crowd, truth(4, 1));
    assertThat(counts(truth, map(new int[] {8, 8, 8, 8}, predicted(8, 0))).falsePositives(0))
        .isZero();
    assertThat(counts(truth, map(new int[] {8, 8, 8, 8}, predicted(8, 1))).falsePositives(1))
        .isEqualTo(1);
    assertThat(counts(truth, map(new int[] {0, 0, 0, 0})).falseNegatives(0)).isZero();
  }

  @Test
  void aFrameWithoutSegmentsIsUndefined() {
    PanopticMap empty = map(new int[] {0, 0, 0, 0});
    assertThat(counts(empty, empty).quality()).isEqualTo(Optional.empty());
  }

  @Test
  void countsTravelThroughTheirNumbers() {
    PanopticMap truth = map(new int[] {1, 1, 2, 2}, truth(1, 0), truth(2, 1));
    PanopticCounts frame =
        counts(truth, map(new int[] {1, 1, 1, 3}, predicted(1, 0), predicted(3, 2)));
    PanopticCounts restored = new PanopticCounts(3);
    for (int c = 0; c < 3; c++) {
      restored.add(
          c,
          frame.iouSum(c),
          frame.truePositives(c),
          frame.falsePositives(c),
          frame.falseNegatives(c));
    }
    assertThat(restored.quality()).isEqualTo(frame.quality());
    assertThatThrownBy(() -> restored.add(0, 2, 1, 0, 0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> restored.add(new PanopticCounts(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTruthWithoutPixelsIsMissedAndACrowdWithoutPixelsIsNothing() {
    PanopticSegment crowd = new PanopticSegment(3, 0, true, 0);
    PanopticCounts counts =
        counts(
            map(new int[] {1, 1, 0, 0}, truth(1, 0), truth(2, 0), crowd),
            map(new int[] {1, 1, 0, 0}, predicted(1, 0)));
    assertThat(counts.truePositives(0)).isEqualTo(1);
    assertThat(counts.falseNegatives(0)).isEqualTo(1);
    assertThat(counts.falsePositives(0)).isZero();
  }

  @Test
  void pixelsThatTheTruthDoesNotListAreNeitherVoidNorASegment() {
    PanopticMap truth = map(new int[] {1, 1, 1, 7, 7, 7}, truth(1, 0));
    PanopticMap prediction = map(new int[] {1, 1, 1, 1, 2, 2}, predicted(1, 0), predicted(2, 1));
    PanopticCounts counts = counts(truth, prediction);
    // As void, the fourth pixel would not count into the union and the last two would excuse.
    assertThat(counts.iouSum(0)).isEqualTo(0.75);
    assertThat(counts.falsePositives(1)).isEqualTo(1);
  }

  @Test
  void anAreaNeedNotBeWhole() {
    PanopticMap truth = map(new int[] {1, 1, 1, 0}, new PanopticSegment(1, 0, false, 3.5));
    assertThat(counts(truth, map(new int[] {1, 1, 1, 1}, predicted(1, 0))).iouSum(0))
        .isEqualTo(3 / (4 + 3.5 - 3 - 1));
  }

  @Test
  void predictionsThatDisagreeWithTheirMapAreRefused() {
    PanopticMap good = map(new int[] {1, 1, 0, 0}, truth(1, 0));
    refused(
        good,
        map(new int[] {1, 5, 0, 0}, predicted(1, 0)),
        "image x: segment 5 is in the map of the prediction but not in its list");
    refused(
        good,
        map(new int[] {1, 1, 0, 0}, predicted(1, 0), predicted(6, 0)),
        "image x: segment 6 is listed for the prediction but has no pixel in its map");
    refused(
        good,
        map(new int[] {1, 1, 0, 0}, predicted(1, 0), predicted(1, 1)),
        "image x: the prediction lists segment 1 twice");
    refused(
        good,
        map(new int[] {1, 1, 0, 0}, predicted(1, 0), predicted(0, 1)),
        "image x: the prediction lists a segment with id 0, which means void");
    refused(
        good,
        map(new int[] {1, 1, 0, 0}, predicted(1, 3)),
        "image x: segment 1 has the unknown class 3");
    refused(
        good,
        new PanopticMap(1, 1, new int[1], List.of()),
        "image x: the prediction is 1 x 1, the ground truth 4 x 1 (width x height)");
  }

  private static void refused(PanopticMap truth, PanopticMap prediction, String message) {
    assertThatThrownBy(() -> counts(truth, prediction))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private static PanopticCounts counts(PanopticMap truth, PanopticMap prediction) {
    PanopticCounts counts = new PanopticCounts(3);
    counts.add("x", truth, prediction);
    return counts;
  }

  private static PanopticMap map(int[] ids, PanopticSegment... segments) {
    return new PanopticMap(1, ids.length, ids, List.of(segments));
  }

  private static PanopticSegment truth(int id, int classId) {
    return new PanopticSegment(id, classId, false, 0);
  }

  private static PanopticSegment predicted(int id, int classId) {
    return PanopticSegment.predicted(id, classId);
  }
}
