package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The counts of random frames equal those of the published definition, spelt out pixel by pixel.
 */
class PanopticDefinitionTest {

  private static final int CLASSES = 3;
  private static final int LARGEST_ID = (1 << 24) - 1;

  @Test
  void randomFramesEqualTheDefinition() {
    Random random = new Random(21);
    for (int trial = 0; trial < 400; trial++) {
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      int[] truthIds = drawn(random, height, width);
      int[] predictedIds = random.nextBoolean() ? truthIds.clone() : drawn(random, height, width);
      for (int i = 0; i < truthIds.length; i++) {
        truthIds[i] = random.nextInt(6) == 0 ? PanopticMap.VOID : truthIds[i];
        predictedIds[i] = random.nextInt(8) == 0 ? PanopticMap.VOID : predictedIds[i];
      }
      PanopticMap truth = map(random, height, width, truthIds, random.nextInt(3) == 0);
      PanopticMap prediction = map(random, height, width, predictedIds, false);
      PanopticCounts counts = new PanopticCounts(CLASSES);
      counts.add("image", truth, prediction);
      for (int classId = 0; classId < CLASSES; classId++) {
        assertClass(counts, classId, truth, prediction);
      }
    }
  }

  private static int[] drawn(Random random, int height, int width) {
    int[] ids = new int[height * width];
    for (int segment = random.nextInt(7); segment > 0; segment--) {
      int id = random.nextInt(5) == 0 ? LARGEST_ID : 1 + random.nextInt(LARGEST_ID);
      int top = random.nextInt(height);
      int left = random.nextInt(width);
      int bottom = top + 1 + random.nextInt(height - top);
      int right = left + 1 + random.nextInt(width - left);
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          ids[y * width + x] = id;
        }
      }
    }
    return ids;
  }

  private static PanopticMap map(Random random, int height, int width, int[] ids, boolean crowds) {
    TreeSet<Integer> found = new TreeSet<>();
    for (int id : ids) {
      found.add(id);
    }
    found.remove(PanopticMap.VOID);
    List<PanopticSegment> segments = new ArrayList<>();
    boolean[] crowdOfClass = new boolean[CLASSES];
    for (int id : found) {
      // The same class for the same id in both maps, mostly.
      int classId = random.nextInt(4) == 0 ? random.nextInt(CLASSES) : id % CLASSES;
      boolean crowd = crowds && !crowdOfClass[classId] && random.nextBoolean();
      crowdOfClass[classId] |= crowd;
      segments.add(new PanopticSegment(id, classId, crowd, 0));
    }
    Collections.shuffle(segments, random);
    return new PanopticMap(height, width, ids, segments);
  }

  private static void assertClass(
      PanopticCounts counts, int classId, PanopticMap truth, PanopticMap prediction) {
    List<PanopticSegment> truths = ofClass(truth, classId);
    List<PanopticSegment> predictions = ofClass(prediction, classId);
    double iouSum = 0;
    List<PanopticSegment> missed = new ArrayList<>(truths);
    List<PanopticSegment> wrong = new ArrayList<>(predictions);
    missed.removeIf(PanopticSegment::crowd);
    for (PanopticSegment one : truths) {
      for (PanopticSegment other : predictions) {
        double common = pixels(truth, prediction, one.id(), other.id());
        double union = 0;
        for (int i = 0; i < truth.ids().length; i++) {
          boolean inTruth = truth.ids()[i] == one.id();
          boolean inPrediction =
              prediction.ids()[i] == other.id() && truth.ids()[i] != PanopticMap.VOID;
          union += inTruth || inPrediction ? 1 : 0;
        }
        if (!one.crowd() && common / union > 0.5) {
          iouSum += common / union;
          missed.remove(one);
          wrong.remove(other);
        }
      }
    }
    int matches = predictions.size() - wrong.size();
    wrong.removeIf(
        segment -> {
          double area = 0;
          double excused = pixels(truth, prediction, PanopticMap.VOID, segment.id());
          for (int id : prediction.ids()) {
            area += id == segment.id() ? 1 : 0;
          }
          for (PanopticSegment crowd : truths) {
            excused += crowd.crowd() ? pixels(truth, prediction, crowd.id(), segment.id()) : 0;
          }
          return excused / area > 0.5;
        });
    assertThat(counts.truePositives(classId)).isEqualTo(matches);
    assertThat(counts.iouSum(classId)).isCloseTo(iouSum, within(1e-12));
    assertThat(counts.falseNegatives(classId)).isEqualTo(missed.size());
    assertThat(counts.falsePositives(classId)).isEqualTo(wrong.size());
  }

  private static List<PanopticSegment> ofClass(PanopticMap map, int classId) {
    return map.segments().stream().filter(segment -> segment.classId() == classId).toList();
  }

  private static double pixels(PanopticMap truth, PanopticMap prediction, int one, int other) {
    double pixels = 0;
    for (int i = 0; i < truth.ids().length; i++) {
      pixels += truth.ids()[i] == one && prediction.ids()[i] == other ? 1 : 0;
    }
    return pixels;
  }
}
