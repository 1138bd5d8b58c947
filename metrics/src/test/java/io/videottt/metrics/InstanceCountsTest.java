package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.base.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InstanceCountsTest {

  private static final int SIZE = 40;

  @Test
  void foundObjectsArePerfectAndMissedOnesAreNot() {
    InstanceCounts found = counts(List.of(truth(0, 0, 20)), List.of(detection(0, 0, 20, 0.3)));
    assertThat(found.averagePrecision(AreaRange.ALL).orElseThrow()).isCloseTo(100, within(1e-9));
    InstanceCounts missed = counts(List.of(truth(0, 0, 20)), List.of());
    assertThat(missed.averagePrecision(AreaRange.ALL)).contains(0.0);
    assertThat(missed.averagePrecisionOfClass(0)).contains(0.0);
    assertThat(missed.averagePrecisionOfClass(1)).isEmpty();
  }

  @Test
  void withoutObjectsNothingIsDefined() {
    InstanceCounts counts = counts(List.of(), List.of(detection(0, 0, 20, 0.9)));
    assertThat(counts.averagePrecision(AreaRange.ALL)).isEqualTo(Optional.empty());
    assertThat(counts.averagePrecisionAt(0)).isEmpty();
  }

  @Test
  void ofTheReleasedPrecisionStuffSegmentsAreObjectsThatNothingFinds() {
    InstanceCounts found = counts(List.of(truth(0, 0, 20)), List.of(detection(0, 0, 20, 0.3)));
    assertThat(found.releasedAveragePrecision(Set.of()))
        .isEqualTo(found.averagePrecision(AreaRange.ALL));
    assertThat(found.releasedAveragePrecision(Set.of(1)).orElseThrow()).isCloseTo(50, within(1e-9));
    // A class with objects is in the mean anyway.
    assertThat(found.releasedAveragePrecision(Set.of(0)))
        .isEqualTo(found.averagePrecision(AreaRange.ALL));
    InstanceCounts nothing = counts(List.of(), List.of(detection(0, 0, 20, 0.9)));
    assertThat(nothing.releasedAveragePrecision(Set.of(1))).contains(0.0);
    assertThat(nothing.releasedAveragePrecision(Set.of())).isEmpty();
  }

  @Test
  void theReleasedPrecisionIsThatOfStuffGivenAsObjectsForRandomFrames() {
    Random random = new Random(13);
    for (int trial = 0; trial < 100; trial++) {
      List<InstanceTruth> things = new ArrayList<>();
      List<InstanceDetection> detections = new ArrayList<>();
      Set<Integer> stuff = new TreeSet<>();
      InstanceCounts narrow = new InstanceCounts(6);
      InstanceCounts wide = new InstanceCounts(6);
      for (int object = random.nextInt(5); object > 0; object--) {
        int first = random.nextInt(30);
        int classId = random.nextInt(3);
        things.add(truth(classId, first, first + 8));
        detections.add(
            detection(classId, first, first + 4 + random.nextInt(6), random.nextDouble()));
      }
      List<InstanceTruth> all = new ArrayList<>(things);
      for (int segment = random.nextInt(4); segment > 0; segment--) {
        int classId = 3 + random.nextInt(3);
        stuff.add(classId);
        all.add(truth(classId, segment, segment + 20));
      }
      narrow.add("image", things, detections);
      wide.add("image", all, detections);
      Optional<Double> released = narrow.releasedAveragePrecision(stuff);
      Optional<Double> expected = wide.averagePrecision(AreaRange.ALL);
      assertThat(released.isPresent()).isEqualTo(expected.isPresent());
      expected.ifPresent(value -> assertThat(released.get()).isCloseTo(value, within(1e-9)));
    }
  }

  @Test
  void aCrowdExcusesAnyNumberOfDetections() {
    InstanceTruth crowd = new InstanceTruth(0, columns(0, 20), 800, true);
    InstanceCounts counts =
        counts(
            List.of(crowd, truth(0, 30, 40)),
            List.of(detection(0, 2, 5, 0.9), detection(0, 3, 6, 0.8), detection(0, 30, 40, 0.7)));
    assertThat(counts.truths(0, AreaRange.ALL)).isEqualTo(1);
    assertThat(counts.averagePrecision(AreaRange.ALL).orElseThrow()).isCloseTo(100, within(1e-9));
  }

  @Test
  void oneObjectIsFoundOnce() {
    InstanceCounts counts =
        counts(
            List.of(truth(0, 0, 20)), List.of(detection(0, 0, 20, 0.5), detection(0, 0, 20, 0.5)));
    assertThat(counts.detections(0).get(0).matched(AreaRange.ALL, 0)).isTrue();
    assertThat(counts.detections(0).get(1).matched(AreaRange.ALL, 0)).isFalse();
  }

  @Test
  void pooledEqualsWhatItsStoredPartsGive() {
    InstanceCounts first = counts(List.of(truth(0, 0, 20)), List.of(detection(0, 0, 15, 0.4)));
    InstanceCounts second =
        counts(List.of(truth(0, 5, 9)), List.of(detection(0, 20, 30, 0.6), detection(1, 0, 9, 1)));
    InstanceCounts pooled = new InstanceCounts(2);
    pooled.add(first);
    pooled.add(second);
    InstanceCounts restored = new InstanceCounts(2);
    for (InstanceCounts frame : List.of(first, second)) {
      for (int classId = 0; classId < 2; classId++) {
        frame.detections(classId).forEach(restored::add);
        for (AreaRange range : AreaRange.values()) {
          restored.addTruths(classId, range, frame.truths(classId, range));
        }
      }
    }
    for (AreaRange range : AreaRange.values()) {
      assertThat(restored.averagePrecision(range)).isEqualTo(pooled.averagePrecision(range));
    }
    assertThat(pooled.averagePrecision(AreaRange.ALL).orElseThrow()).isBetween(1.0, 50.0);
  }

  @Test
  void onlyTheHundredBestDetectionsOfAClassCount() {
    List<InstanceDetection> detections = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      detections.add(detection(0, 30, 31, 0.5));
    }
    detections.add(detection(0, 0, 20, 0.1));
    InstanceCounts counts = counts(List.of(truth(0, 0, 20)), detections);
    assertThat(counts.detections(0)).hasSize(100);
    assertThat(counts.averagePrecision(AreaRange.ALL)).contains(0.0);
  }

  @Test
  void malformedInputIsRefused() {
    refused(List.of(truth(2, 0, 9)), List.of(), "image x: an object has the unknown class 2");
    refused(List.of(), List.of(detection(-1, 0, 9, 1)), "unknown class -1");
    refused(List.of(), List.of(detection(0, 0, 9, Double.NaN)), "not a number");
    InstanceDetection small = new InstanceDetection(0, new RunLengthMask(1, 1, new int[] {1}), 1);
    refused(List.of(truth(0, 0, 9)), List.of(small), "image x: one mask is 1 x 1, another 40 x 40");
    assertThatThrownBy(() -> new DetectionOutcome(0, 1, new int[3], new int[4]))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new InstanceCounts(1).addTruths(0, AreaRange.ALL, -1))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new InstanceCounts(1).add(new InstanceCounts(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void refused(
      List<InstanceTruth> truths, List<InstanceDetection> detections, String message) {
    assertThatThrownBy(() -> counts(truths, detections))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static InstanceCounts counts(
      List<InstanceTruth> truths, List<InstanceDetection> detections) {
    InstanceCounts counts = new InstanceCounts(2);
    counts.add("x", truths, detections);
    return counts;
  }

  private static InstanceTruth truth(int classId, int from, int to) {
    RunLengthMask mask = columns(from, to);
    return new InstanceTruth(classId, mask, mask.area(), false);
  }

  private static InstanceDetection detection(int classId, int from, int to, double score) {
    return new InstanceDetection(classId, columns(from, to), score);
  }

  /** Whole columns of the image. */
  private static RunLengthMask columns(int from, int to) {
    return new RunLengthMask(
        SIZE, SIZE, new int[] {from * SIZE, (to - from) * SIZE, (SIZE - to) * SIZE});
  }
}
