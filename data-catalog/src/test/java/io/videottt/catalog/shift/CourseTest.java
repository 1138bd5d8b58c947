package io.videottt.catalog.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CourseTest {

  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 1, 1, 1, 1, 1",
    "RISES, 0, 0.25, 0.5, 0.75, 1",
    "PEAKS, 0, 0.5, 1, 0.5, 0",
    "RISES_AND_FADES, 0, 0.5, 1, 0.5, 0",
    "GIVES_WAY, 1, 1, 0.5, 0, 0",
    "TAKES_OVER, 0, 0, 0.5, 1, 1"
  })
  void aCourseHasItsStrengths(
      Course course, double first, double quarter, double half, double threeQuarters, double last) {
    assertThat(course.at(0)).isEqualTo(first);
    assertThat(course.at(0.25)).isCloseTo(quarter, within(1e-12));
    assertThat(course.at(0.5)).isCloseTo(half, within(1e-12));
    assertThat(course.at(0.75)).isCloseTo(threeQuarters, within(1e-12));
    assertThat(course.at(1)).isEqualTo(last);
  }

  @ParameterizedTest
  @EnumSource(Course.class)
  void strengthsAreSharesOfTheFull(Course course) {
    for (int i = 0; i <= 100; i++) {
      assertThat(course.at(i / 100.0)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aShiftThatRisesAndFadesIsNothingInTheFirstAndLastTenthAndFullInTheMiddleFifth() {
    for (double share : new double[] {0, 0.05, 0.1, 0.9, 0.95, 1}) {
      assertThat(Course.RISES_AND_FADES.at(share)).isCloseTo(0, within(1e-12));
    }
    for (double share : new double[] {0.4, 0.5, 0.6}) {
      assertThat(Course.RISES_AND_FADES.at(share)).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void theOnlyFrameOfAVideoIsItsLast() {
    assertThat(Course.progress(0, 1)).isEqualTo(1);
    assertThat(Course.progress(0, 160)).isZero();
    assertThat(Course.progress(159, 160)).isEqualTo(1);
  }
}
