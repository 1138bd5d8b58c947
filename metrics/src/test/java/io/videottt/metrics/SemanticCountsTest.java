package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.base.InvalidInputException;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SemanticCountsTest {

  private static final byte IGNORE = (byte) SemanticCounts.IGNORE;

  @Test
  void valuesOfAHandMadeFrame() {
    SemanticCounts counts = new SemanticCounts(3);
    counts.add(new byte[] {0, 0, 0, 1, 1, IGNORE}, new byte[] {0, 0, 1, 1, 2, 2});
    assertThat(counts.pixels()).isEqualTo(5);
    assertThat(counts.iou(0).orElseThrow()).isCloseTo(100.0 * 2 / 3, within(1e-9));
    assertThat(counts.iou(1).orElseThrow()).isCloseTo(100.0 / 3, within(1e-9));
    assertThat(counts.iou(2)).isEmpty();
    assertThat(counts.meanIou().orElseThrow()).isCloseTo(50, within(1e-9));
    assertThat(counts.pixelAccuracy().orElseThrow()).isCloseTo(60, within(1e-9));
    assertThat(counts.frequencyWeightedIou().orElseThrow())
        .isCloseTo(0.6 * 200 / 3 + 0.4 * 100 / 3, within(1e-9));
  }

  @Test
  void aClassThatIsOnlyPredictedDoesNotEnterTheMeanButCountsInUnions() {
    SemanticCounts counts = new SemanticCounts(2);
    counts.add(new byte[] {0, 0}, new byte[] {0, 1});
    assertThat(counts.meanIou()).isEqualTo(OptionalDouble.of(50));
  }

  @Test
  void aFrameWithoutGroundTruthIsUndefined() {
    SemanticCounts counts = new SemanticCounts(2);
    counts.add(new byte[] {IGNORE, IGNORE}, new byte[] {0, (byte) 200});
    assertThat(counts.meanIou()).isEmpty();
    assertThat(counts.pixelAccuracy()).isEmpty();
    assertThat(counts.frequencyWeightedIou()).isEmpty();
    assertThat(new SemanticCounts(1).meanIou()).isEmpty();
  }

  @Test
  void theReleasedMeanCountsAClassThatIsOnlyPredictedAsZero() {
    SemanticCounts counts = new SemanticCounts(4);
    counts.add(new byte[] {0, 0, 0, 1, 1, IGNORE}, new byte[] {0, 0, 1, 1, 2, 3});
    // IoU 2/3 and 1/3; class 2 is predicted where class 1 is true, class 3 where truth is ignored.
    assertThat(counts.meanIou().orElseThrow()).isCloseTo(50, within(1e-9));
    assertThat(counts.releasedMeanIou().orElseThrow()).isCloseTo(100.0 / 3, within(1e-9));
  }

  @Test
  void theReleasedMeanIsUndefinedWithoutACountedPixelAndEqualWithoutForeignClasses() {
    SemanticCounts counts = new SemanticCounts(2);
    counts.add(new byte[] {IGNORE, IGNORE}, new byte[] {0, 1});
    assertThat(counts.releasedMeanIou()).isEmpty();
    counts.add(new byte[] {0, 1, 1}, new byte[] {0, 1, 0});
    assertThat(counts.releasedMeanIou()).isEqualTo(counts.meanIou());
  }

  @Test
  void theReleasedMeanEqualsTheReleasedEvaluatorPixelByPixelForRandomFrames() {
    Random random = new Random(9);
    for (int trial = 0; trial < 200; trial++) {
      int classes = 1 + random.nextInt(20);
      int size = random.nextInt(40);
      byte[] truth = new byte[size];
      byte[] prediction = new byte[size];
      for (int i = 0; i < size; i++) {
        truth[i] = random.nextInt(4) == 0 ? IGNORE : (byte) random.nextInt(classes);
        prediction[i] = (byte) random.nextInt(classes);
      }
      double sum = 0;
      int valid = 0;
      for (int c = 0; c < classes; c++) {
        double both = 0;
        double ofTruth = 0;
        double ofPrediction = 0;
        for (int i = 0; i < size; i++) {
          if (truth[i] != IGNORE) {
            ofTruth += truth[i] == c ? 1 : 0;
            ofPrediction += prediction[i] == c ? 1 : 0;
            both += truth[i] == c && prediction[i] == c ? 1 : 0;
          }
        }
        valid += ofTruth + ofPrediction > 0 ? 1 : 0;
        sum += ofTruth > 0 ? both / (ofTruth + ofPrediction - both) : 0;
      }
      SemanticCounts counts = new SemanticCounts(classes);
      counts.add(truth, prediction);
      if (valid == 0) {
        assertThat(counts.releasedMeanIou()).isEmpty();
      } else {
        assertThat(counts.releasedMeanIou().orElseThrow())
            .isCloseTo(100 * sum / valid, within(1e-9));
        counts
            .meanIou()
            .ifPresent(
                mean ->
                    assertThat(counts.releasedMeanIou().orElseThrow())
                        .isLessThanOrEqualTo(mean + 1e-9));
      }
    }
  }

  @Test
  void countsEqualAStraightforwardLoopForRandomFrames() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      int classes = 1 + random.nextInt(255);
      int size = random.nextInt(400);
      byte[] truth = new byte[size];
      byte[] prediction = new byte[size];
      long[][] expected = new long[classes][classes];
      for (int i = 0; i < size; i++) {
        prediction[i] = (byte) random.nextInt(classes);
        truth[i] = random.nextInt(5) == 0 ? IGNORE : (byte) random.nextInt(classes);
        if (truth[i] != IGNORE) {
          expected[truth[i] & 0xff][prediction[i] & 0xff]++;
        }
      }
      SemanticCounts counts = new SemanticCounts(classes);
      counts.add(truth, prediction);
      for (int i = 0; i < classes; i++) {
        for (int j = 0; j < classes; j++) {
          assertThat(counts.count(i, j)).isEqualTo(expected[i][j]);
        }
      }
    }
  }

  @Test
  void addingFramesEqualsCountingThemTogether() {
    Random random = new Random(4);
    SemanticCounts together = new SemanticCounts(19);
    SemanticCounts pooled = new SemanticCounts(19);
    for (int frame = 0; frame < 5; frame++) {
      byte[] truth = labels(random, 1001, 19);
      byte[] prediction = labels(random, 1001, 19);
      together.add(truth, prediction);
      SemanticCounts single = new SemanticCounts(19);
      single.add(truth, prediction);
      pooled.add(SemanticCounts.of(19, single.sparse()));
    }
    assertThat(pooled).isEqualTo(together).hasSameHashCodeAs(together);
  }

  @Test
  void sparseFormHoldsOnlyWhatIsThere() {
    SemanticCounts counts = new SemanticCounts(3);
    counts.add(new byte[] {2, 2, 0}, new byte[] {1, 1, 0});
    assertThat(counts.sparse().cells()).containsExactly(0, 7);
    assertThat(counts.sparse().counts()).containsExactly(1, 2);
  }

  @Test
  void idsOutsideTheClassesAreRefusedAndNothingIsCounted() {
    SemanticCounts counts = new SemanticCounts(3);
    assertThatThrownBy(() -> counts.add(new byte[] {0, 0, 1}, new byte[] {0, 1, 3}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("pixel 2 holds predicted id 3, outside the 3 classes");
    assertThatThrownBy(() -> counts.add(new byte[] {0, 5}, new byte[] {0, 1}))
        .hasMessage("pixel 1 holds ground-truth id 5, outside the 3 classes");
    assertThatThrownBy(() -> counts.add(new byte[] {0}, new byte[] {(byte) 254}))
        .hasMessageContaining("predicted id 254");
    assertThat(counts.pixels()).isZero();
  }

  @Test
  void aPixelWithoutPredictionIsAMissOfItsClassAndOfNoOther() {
    SemanticCounts counts = new SemanticCounts(3);
    counts.add(new byte[] {0, 0, 0, 0, 1, IGNORE}, new byte[] {0, 0, 0, IGNORE, 1, IGNORE});
    assertThat(counts.iou(0)).hasValue(75);
    assertThat(counts.iou(1)).hasValue(100);
    assertThat(counts.iou(2)).isEmpty();
    assertThat(counts.meanIou()).hasValue(87.5);
    assertThat(counts.pixels()).isEqualTo(5);
    assertThat(counts.groundTruthPixels(0)).isEqualTo(4);
    assertThat(counts.predictedPixels(0)).isEqualTo(3);
    assertThat(counts.unpredictedPixels(0)).isEqualTo(1);
    assertThat(counts.pixelAccuracy()).hasValue(80);
    SemanticCounts sum = new SemanticCounts(3);
    sum.add(counts);
    sum.add(counts);
    assertThat(sum.unpredictedPixels(0)).isEqualTo(2);
    assertThat(sum).isNotEqualTo(counts);
    assertThatThrownBy(counts::sparse).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sizesThatDifferAreRefused() {
    assertThatThrownBy(() -> new SemanticCounts(3).add(new byte[4], new byte[5]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the ground truth has 4 pixels, the prediction 5");
  }

  @Test
  void impossibleSparseCountsAreRefused() {
    assertThatThrownBy(() -> new SparseCounts(new int[2], new long[1]))
        .isInstanceOf(InvalidInputException.class);
    for (SparseCounts sparse :
        new SparseCounts[] {
          new SparseCounts(new int[] {4}, new long[] {1}),
          new SparseCounts(new int[] {-1}, new long[] {1}),
          new SparseCounts(new int[] {0}, new long[] {-1})
        }) {
      assertThatThrownBy(() -> SemanticCounts.of(2, sparse))
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void countsOfOtherClassesCannotBeAdded() {
    assertThatThrownBy(() -> new SemanticCounts(2).add(new SemanticCounts(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SemanticCounts(256)).hasMessageContaining("expected 1 to 255");
  }

  private static byte[] labels(Random random, int size, int classes) {
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      labels[i] = (byte) random.nextInt(classes);
    }
    return labels;
  }
}
