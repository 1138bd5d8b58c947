package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(Quantiles.normal(0.95)).isCloseTo(1.959964, within(1e-4));
    assertThat(Quantiles.normal(0.99)).isCloseTo(2.575829, within(1e-4));
    assertThat(Quantiles.student(1, 0.95)).isCloseTo(12.7062, within(1e-3));
    assertThat(Quantiles.student(2, 0.95)).isCloseTo(4.302653, within(1e-3));
    assertThat(Quantiles.student(3, 0.95)).isCloseTo(3.182446, within(1e-3));
    assertThat(Quantiles.student(20, 0.95)).isCloseTo(2.085963, within(1e-3));
    assertThat(Quantiles.student(1000, 0.95)).isCloseTo(1.962339, within(1e-3));
    assertThat(Quantiles.student(1e9, 0.95)).isEqualTo(Quantiles.normal(0.95));
  }

  @Test
  void degreesOfFreedomNeedNotBeWhole() {
    assertThat(Quantiles.student(2.5, 0.95))
        .isBetween(Quantiles.student(3, 0.95), Quantiles.student(2, 0.95));
    assertThatThrownBy(() -> Quantiles.student(0.5, 0.95)).hasMessageContaining("0.5");
  }
}
