package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.metrics.IntervalCoverageStudy.Coverage;
import io.videottt.metrics.IntervalCoverageStudy.Series;
import org.junit.jupiter.api.Test;

/** A few cells of the study in docs/intervals.md: 95 % is what intervals hold, about. */
class IntervalCoverageTest {

  private static final int TRIALS = 250;
  private static final int RESAMPLES = 300;
  private static final double CORRELATION = 0.7;

  private static Coverage measure(int videos, int frames, double spread) {
    return IntervalCoverageStudy.measure(
        Series.of(videos, frames, CORRELATION, spread), TRIALS, RESAMPLES);
  }

  @Test
  void intervalsAboutTheseVideosHoldTheirMean() {
    assertThat(measure(4, 40, 1).same()).isBetween(0.9, 0.99);
    assertThat(measure(1, 400, 1).same()).isBetween(0.9, 0.99);
    assertThat(measure(9, 40, 0).same()).isBetween(0.88, 0.99);
  }

  @Test
  void intervalsAboutVideosOfTheKindHoldTheMeanOfAllVideos() {
    assertThat(measure(4, 40, 1).other()).isBetween(0.9, 1.0);
    assertThat(measure(9, 40, 1).other()).isBetween(0.9, 0.99);
    assertThat(measure(21, 4, 1).other()).isBetween(0.9, 0.99);
    assertThat(measure(21, 12, 1).other()).isBetween(0.9, 0.99);
  }

  @Test
  void framesTakenForIndependentWouldHoldItFarLessOften() {
    assertThat(measure(4, 40, 1).frames()).isLessThan(0.7);
  }

  @Test
  void shortVideosHaveNoIntervalUnlessThereAreManyOfThem() {
    assertThat(measure(9, 12, 1).same()).isNaN();
    assertThat(measure(9, 12, 1).other()).isNaN();
    assertThat(measure(1, 400, 1).other()).isNaN();
  }

  @Test
  void seedsAreDrawnWithTheBlocks() {
    int[] frames = {40, 40, 40, 40};
    assertThat(
            IntervalCoverageStudy.measure(
                    new Series(frames, CORRELATION, 0, 3, 1), TRIALS, RESAMPLES)
                .same())
        .isBetween(0.88, 1.0);
    // One seed says nothing about how far seeds lie apart.
    assertThat(
            IntervalCoverageStudy.measure(
                    new Series(frames, CORRELATION, 0, 1, 1), TRIALS, RESAMPLES)
                .same())
        .isLessThan(0.8);
  }
}
