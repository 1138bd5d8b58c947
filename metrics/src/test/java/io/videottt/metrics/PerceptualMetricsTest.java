package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by {@code src/test/python/perceptual_metrics.py}: numpy 2, scipy 1.16. */
class PerceptualMetricsTest {

  /** As the script has it: exact in single precision. */
  private static float[] features(long image, int size, long seed) {
    float[] values = new float[size];
    for (int feature = 0; feature < size; feature++) {
      long mixed =
          image * (7 + seed)
              + feature * (13 + 2 * seed)
              + image * feature * (3 + seed)
              + image * image * (feature % 5 + 1)
              + (long) feature * feature * image / (seed + 2);
      values[feature] = mixed % 97 / 64f;
    }
    return values;
  }

  private static FeatureMoments moments(int count, int size, long seed) {
    FeatureMoments moments = new FeatureMoments(size);
    LongStream.range(0, count).forEach(image -> moments.add(features(image, size, seed)));
    return moments;
  }

  @Test
  void momentsAreNumpys() {
    FeatureMoments moments = moments(60, 3, 0);

    assertThat(moments.count()).isEqualTo(60);
    assertThat(moments.mean())
        .containsExactly(
            new double[] {0.6200520833333333, 0.7859375, 0.8395833333333333}, within(1e-14));
    assertThat(moments.covariance())
        .containsExactly(
            new double[] {
              0.17662946625617937, -0.018278684454449152, 0.013170903954802264,
              -0.018278684454449152, 0.18074930481991522, -0.0017967094809322012,
              0.013170903954802264, -0.0017967094809322012, 0.19457483668785314
            },
            within(1e-14));
  }

  @Test
  void largeMeansCostTheCovarianceNoDigits() {
    FeatureMoments moments = new FeatureMoments(1);
    for (float value : new float[] {4_000_001, 4_000_002, 4_000_003, 4_000_004}) {
      moments.add(new float[] {value});
    }

    assertThat(moments.covariance()).containsExactly(new double[] {5.0 / 3}, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "60, 8, 0, 1, 0.09026795903477813",
    "200, 24, 0, 3, 0.3196379994625538",
    "500, 64, 2, 5, 1.1528809551888344"
  })
  void theFrechetDistanceIsScipys(int count, int size, long seed, long other, double expected) {
    FeatureMoments truth = moments(count, size, seed);
    FeatureMoments prediction = moments(count + 11, size, other);

    assertThat(FrechetDistance.between(truth, prediction)).isCloseTo(expected, within(1e-9));
    assertThat(FrechetDistance.between(prediction, truth)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void equalSetsAreNotApartAlsoWithFewerImagesThanFeatures() {
    FeatureMoments few = moments(5, 64, 1);

    assertThat(FrechetDistance.between(few, moments(5, 64, 1))).isCloseTo(0, within(1e-6));
    assertThat(FrechetDistance.between(few, moments(9, 64, 4))).isGreaterThan(0.1);
  }

  @Test
  void setsThatDifferByAConstantAreApartByItsSquareLength() {
    FeatureMoments one = new FeatureMoments(2);
    FeatureMoments other = new FeatureMoments(2);
    for (int image = 0; image < 20; image++) {
      float[] features = features(image, 2, 0);
      one.add(features);
      other.add(new float[] {features[0] + 3, features[1] - 4});
    }

    assertThat(FrechetDistance.between(one, other)).isCloseTo(25, within(1e-9));
  }

  @Test
  void whatHasNoDistanceIsRefused() {
    FeatureMoments one = moments(1, 4, 0);

    assertThatThrownBy(() -> FrechetDistance.between(one, moments(9, 4, 0)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> FrechetDistance.between(moments(9, 4, 0), moments(9, 5, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 features against 5");
    assertThatThrownBy(() -> one.add(new float[5])).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 4, 1.0, 0.0",
    "57, 6, 1.1457049244877466, 0.02276836253035857",
    "200, 12, 1.1904480119343206, 0.010934861492095452"
  })
  void theInceptionScoreIsItsAuthors(int count, int classes, double mean, double deviation) {
    InceptionScore.Images images = new InceptionScore.Images(count, classes);
    for (int image = 0; image < count; image++) {
      images.add(probabilities(image, classes));
    }

    InceptionScore score = images.score().orElseThrow();
    assertThat(score.mean()).isCloseTo(mean, within(1e-9));
    assertThat(score.deviation()).isCloseTo(deviation, within(1e-7));
  }

  private static float[] probabilities(int image, int classes) {
    float[] raw = features(image, classes, 1);
    double sum = 0;
    for (float value : raw) {
      sum += value + 1 / 64.0;
    }
    float[] probabilities = new float[classes];
    for (int i = 0; i < classes; i++) {
      probabilities[i] = (float) ((raw[i] + 1 / 64.0) / sum);
    }
    return probabilities;
  }

  @Test
  void fewerImagesThanRunsHaveNoScore() {
    InceptionScore.Images images = new InceptionScore.Images(9, 2);
    for (int image = 0; image < 9; image++) {
      images.add(new float[] {1, 0});
    }

    assertThat(images.score()).isEmpty();
    assertThatThrownBy(() -> images.add(new float[] {1, 0}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void certainAndEvenlySpreadClassesScoreTheirNumber() {
    InceptionScore.Images images = new InceptionScore.Images(40, 4);
    for (int image = 0; image < 40; image++) {
      float[] certain = new float[4];
      certain[image % 4] = 1;
      images.add(certain);
    }

    assertThat(images.score().orElseThrow().mean()).isCloseTo(4, within(1e-12));
    assertThat(images.score().orElseThrow().deviation()).isCloseTo(0, within(1e-7));
  }
}
