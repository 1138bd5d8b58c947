package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedFramesTest {

  private static final double NONE = Double.NaN;

  @Test
  void seedsAreAveragedFirstAndThenModels() {
    RepeatedFrames frames =
        RepeatedFrames.ofModels(
            List.of(
                List.of(new double[] {1, NONE, 4}, new double[] {3}),
                List.of(new double[] {8, NONE, 6})));

    assertThat(frames.means()).containsExactly(5, NONE, 5);
    assertThat(frames.defined().means()).containsExactly(5, 5);
  }

  @Test
  void seedsDeviateByWhatTheyAddAndTwoOfThemAreWidened() {
    RepeatedFrames frames =
        RepeatedFrames.ofModels(List.of(List.of(new double[] {1, 5}, new double[] {3, NONE})));

    assertThat(frames.deviations()).hasSize(1);
    assertThat(frames.deviations().get(0).get(0)[0]).isCloseTo(-Math.sqrt(2), within(1e-12));
    assertThat(frames.deviations().get(0).get(1)[0]).isCloseTo(Math.sqrt(2), within(1e-12));
    // What one seed alone has says nothing about seeds.
    assertThat(frames.deviations().get(0).get(0)[1]).isZero();
    assertThat(frames.deviations().get(0).get(1)[1]).isZero();
  }

  @Test
  void aSingleSeedDoesNotDeviate() {
    assertThat(RepeatedFrames.of(new double[] {1, 2}).deviations()).isEmpty();
    assertThat(RepeatedFrames.of(new double[] {NONE}).isEmpty()).isTrue();
    assertThat(RepeatedFrames.ofModels(List.of()).isEmpty()).isTrue();
  }
}
