package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {

  private static final double TRUE_MEAN = 3;

  @Test
  void equalSeedsGiveEqualIntervalsAndOtherSeedsOthers() {
    List<double[]> videos = List.of(correlated(new Random(1), 200), correlated(new Random(2), 90));
    ConfidenceInterval first = BlockBootstrap.standard(7).mean(videos).orElseThrow();
    assertThat(BlockBootstrap.standard(7).mean(videos)).contains(first);
    assertThat(BlockBootstrap.standard(8).mean(videos).orElseThrow().lower())
        .isNotEqualTo(first.lower());
  }

  @Test
  void intervalOfCorrelatedFramesHoldsTheTrueMeanAboutAsOftenAsItSays() {
    assertThat(coverage(BlockBootstrap.DEFAULT_BLOCK_LENGTH)).isBetween(0.86, 0.99);
  }

  @Test
  void independentFramesWouldMakeTheIntervalMuchTooNarrow() {
    assertThat(coverage(1)).isLessThan(0.75);
  }

  /** How often the interval holds the true mean of videos whose frames are correlated. */
  private static double coverage(int blockLength) {
    Random random = new Random(42);
    int trials = 300;
    int held = 0;
    for (int trial = 0; trial < trials; trial++) {
      List<double[]> videos = List.of(correlated(random, 300), correlated(random, 150));
      ConfidenceInterval interval =
          new BlockBootstrap(blockLength, 400, 0.95, trial).mean(videos).orElseThrow();
      if (interval.lower() <= TRUE_MEAN && TRUE_MEAN <= interval.upper()) {
        held++;
      }
    }
    return (double) held / trials;
  }

  @Test
  void everyFrameIsDrawnEquallyOften() {
    double[] middle = new double[40];
    Arrays.fill(middle, 15, 25, 1);
    ConfidenceInterval interval =
        BlockBootstrap.standard(1).mean(Collections.nCopies(100, middle)).orElseThrow();

    assertThat(interval.estimate()).isEqualTo(0.25);
    assertThat((interval.lower() + interval.upper()) / 2).isCloseTo(0.25, within(0.01));
  }

  @Test
  void pairingRemovesWhatBothMethodsShare() {
    Random random = new Random(5);
    double[] baseline = correlated(random, 200);
    double[] method = new double[200];
    for (int i = 0; i < 200; i++) {
      method[i] = baseline[i] + 0.5 + 0.01 * random.nextGaussian();
    }
    ConfidenceInterval difference =
        BlockBootstrap.standard(1).difference(List.of(baseline), List.of(method)).orElseThrow();
    assertThat(difference.estimate()).isCloseTo(0.5, within(0.01));
    assertThat(difference.upper() - difference.lower()).isLessThan(0.02);
    assertThat(difference.excludesZero()).isTrue();
  }

  @Test
  void framesWithoutValueAreLeftOut() {
    ConfidenceInterval interval =
        BlockBootstrap.standard(1)
            .mean(List.of(new double[] {1, Double.NaN, 3}, new double[] {Double.NaN, 5}))
            .orElseThrow();
    assertThat(interval.estimate()).isEqualTo(3);
    assertThat(BlockBootstrap.standard(1).mean(List.of(new double[] {Double.NaN}))).isEmpty();
    assertThat(BlockBootstrap.standard(1).mean(List.of())).isEmpty();
  }

  @Test
  void aDifferenceNeedsBothValuesOfAFrame() {
    ConfidenceInterval interval =
        BlockBootstrap.standard(1)
            .difference(List.of(new double[] {1, Double.NaN, 3}), List.of(new double[] {2, 9, 5}))
            .orElseThrow();
    assertThat(interval.estimate()).isEqualTo(1.5);
  }

  @Test
  void everyFrameCountsTheSameWhateverItsVideo() {
    List<double[]> videos = new ArrayList<>();
    videos.add(new double[] {0, 0, 0});
    videos.add(new double[] {4});
    assertThat(BlockBootstrap.standard(1).mean(videos).orElseThrow().estimate()).isEqualTo(1);
  }

  @Test
  void constantFramesHaveNoWidth() {
    ConfidenceInterval interval =
        BlockBootstrap.standard(1).mean(List.of(new double[] {2, 2, 2, 2})).orElseThrow();
    assertThat(interval).isEqualTo(new ConfidenceInterval(2, 2, 2));
  }

  @Test
  void videosThatAreResampledOneByOneGiveTheIntervalOfAllOfThem() {
    List<double[]> videos = List.of(correlated(new Random(3), 70), correlated(new Random(4), 40));
    BlockBootstrap bootstrap = BlockBootstrap.standard(1);
    ResampledSums all = bootstrap.empty();
    all.add(bootstrap.resample(videos.get(0), 0));
    all.add(bootstrap.resample(videos.get(1), 1));

    assertThat(bootstrap.mean(all)).isEqualTo(bootstrap.mean(videos));
    assertThat(bootstrap.mean(bootstrap.empty())).isEmpty();
    assertThatThrownBy(() -> all.add(new BlockBootstrap(1, 100, 0.95, 1).empty()))
        .hasMessageContaining("100 resamples");
  }

  @Test
  void unpairedVideosAndFramesAreRefused() {
    BlockBootstrap bootstrap = BlockBootstrap.standard(1);
    assertThatThrownBy(() -> bootstrap.difference(List.of(), List.of(new double[1])))
        .hasMessageContaining("0 videos");
    assertThatThrownBy(() -> bootstrap.difference(List.of(new double[2]), List.of(new double[1])))
        .hasMessageContaining("2 frames cannot be paired with 1");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new BlockBootstrap(0, 1000, 0.95, 1)).hasMessageContaining("block");
    assertThatThrownBy(() -> new BlockBootstrap(1, 10, 0.95, 1)).hasMessageContaining("resamples");
    assertThatThrownBy(() -> new BlockBootstrap(1, 1000, 1, 1)).hasMessageContaining("confidence");
  }

  /** A first-order autoregressive series with correlation 0.7 between neighbours. */
  private static double[] correlated(Random random, int frames) {
    double[] values = new double[frames];
    double state = random.nextGaussian() / Math.sqrt(1 - 0.49);
    for (int i = 0; i < frames; i++) {
      state = 0.7 * state + random.nextGaussian();
      values[i] = TRUE_MEAN + state;
    }
    return values;
  }
}
