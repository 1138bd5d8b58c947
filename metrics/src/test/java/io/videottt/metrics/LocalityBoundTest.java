package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalityBoundTest {

  private static final double EXACT = 1e-12;

  @Test
  void handNumbers() {
    // sigma^2 = 64, beta * eta = 2 * 0.5 = 1: the cube root of 64.
    LocalityBound bound = new LocalityBound(0.5, 2, 64);
    assertThat(bound.drift()).isEqualTo(1);
    assertThat(bound.predictedWindow()).isCloseTo(4, within(EXACT));
    assertThat(bound.minimiser()).isCloseTo(Math.cbrt(32), within(EXACT));
    // (4^2 + 64 / 4) / (2 * 8)
    assertThat(bound.excess(4, 8)).isCloseTo(2, within(EXACT));
  }

  @Test
  void nothingIsBelowTheMinimiser() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 100; trial++) {
      LocalityBound bound =
          new LocalityBound(
              random.nextDouble(0.01, 2), random.nextDouble(0.01, 2), random.nextDouble(0.01, 50));
      double least = bound.excess(bound.minimiser(), 1);
      for (double factor : new double[] {0.5, 0.9, 1.1, 1.26, 2}) {
        assertThat(bound.excess(factor * bound.minimiser(), 1)).isGreaterThan(least);
      }
    }
  }

  @Test
  void theWindowDependsOnTheProductOfStepAndSensitivityAlone() {
    // So that the unit of the frames' distance does not matter.
    assertThat(new LocalityBound(3, 0.2, 5).predictedWindow())
        .isCloseTo(new LocalityBound(0.03, 20, 5).predictedWindow(), within(EXACT));
  }

  @Test
  void withoutDriftEverythingIsWorthRemembering() {
    assertThat(new LocalityBound(0, 2, 1).predictedWindow()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new LocalityBound(1, 2, 0).predictedWindow()).isZero();
  }

  @Test
  void impossibleConstantsAreRefused() {
    assertThatThrownBy(() -> new LocalityBound(-1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step is -1.0");
    assertThatThrownBy(() -> new LocalityBound(1, Double.NaN, 1))
        .hasMessageContaining("sensitivity is NaN");
    assertThatThrownBy(() -> new LocalityBound(1, 1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("variance is Infinity");
    assertThatThrownBy(() -> new LocalityBound(1, 1, 1).excess(0, 1))
        .hasMessageContaining("window 0.0");
  }
}
