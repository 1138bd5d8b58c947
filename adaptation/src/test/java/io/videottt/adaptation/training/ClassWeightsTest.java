package io.videottt.adaptation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.videottt.adaptation.stream.TinyModels;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.mask2former.Mask2FormerConfiguration;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {

  private static final long[] HISTOGRAM = {10_000, 100, 400};

  @Test
  void weightsFallWithTheSquareRootOfTheShareAndHaveMeanOne() {
    double[] weights = ClassWeights.weights(HISTOGRAM);
    assertThat(weights[1] / weights[0]).isCloseTo(10, offset(1e-9));
    assertThat(weights[1] / weights[2]).isCloseTo(2, offset(1e-9));
    assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(3, offset(1e-9));
  }

  @Test
  void absentClassesWeighOneAndVeryRareOnesAreBounded() {
    double[] weights =
        ClassWeights.weights(
            new long[] {
              0, 1, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30,
              1 << 30, 1 << 30, 1 << 30, 1 << 30
            });
    assertThat(weights[0]).isEqualTo(1);
    assertThat(weights[1]).isEqualTo(10);
  }

  @Test
  void bothArchitecturesTakeThem() {
    ModelConfiguration pyramid =
        ClassWeights.inverseSquareRoot(TinyModels.configuration(), HISTOGRAM);
    assertThat(((FeaturePyramidConfiguration) pyramid).loss().classWeights()).hasSize(3);
    ModelConfiguration queries =
        ClassWeights.inverseSquareRoot(
            ModelConfiguration.parse(
                "{\"model_type\": \"mask2former\", \"num_labels\": 3}", "config.json"),
            HISTOGRAM);
    assertThat(((Mask2FormerConfiguration) queries).loss().extras().classWeights()).hasSize(3);
  }
}
