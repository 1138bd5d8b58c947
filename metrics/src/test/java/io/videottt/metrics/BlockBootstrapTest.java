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
  private static final double[] GOLDEN = {
    2.2668629823573445,
    2.046070718812216,
    2.474599515049165,
    -0.18859981823358796,
    4.160546641466583
  };

  @Test
  void equalSeedsGiveEqualIntervalsAndOtherSeedsOthers() {
    List<double[]> videos = List.of(correlated(new Random(1), 200), correlated(new Random(2), 90));
    IntervalEstimate first = BlockBootstrap.standard(7).mean(videos).orElseThrow();
    assertThat(BlockBootstrap.standard(7).mean(videos)).contains(first);
    assertThat(BlockBootstrap.standard(8).mean(videos).orElseThrow().sameVideos().lower())
        .isNotEqualTo(first.sameVideos().lower());
  }

  /** The ends were computed once, with this code: whoever changes them says so. */
  @Test
  void intervalsStayWhatTheyAre() {
    List<double[]> videos = new ArrayList<>();
    for (int video = 0; video < 4; video++) {
      double[] frames = new double[40 + 10 * video];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = video + Math.sin(i / 3.0) + 0.1 * (i * 37 % 11);
      }
      videos.add(frames);
    }
    IntervalEstimate estimate = BlockBootstrap.standard(20_250_101L).mean(videos).orElseThrow();
    assertThat(estimate.value()).isCloseTo(GOLDEN[0], within(1e-9));
    assertThat(estimate.sameVideos().lower()).isCloseTo(GOLDEN[1], within(1e-9));
    assertThat(estimate.sameVideos().upper()).isCloseTo(GOLDEN[2], within(1e-9));
    assertThat(estimate.newVideos().lower()).isCloseTo(GOLDEN[3], within(1e-9));
    assertThat(estimate.newVideos().upper()).isCloseTo(GOLDEN[4], within(1e-9));
  }

  /** Case 22: of videos of one to three frames nothing is known but their frames. */
  @Test
  void case22VideosOfFewerThanThreeBlocksHaveNoIntervalAndTheReason() {
    BlockBootstrap bootstrap = BlockBootstrap.standard(1);
    List<double[]> few =
        List.of(new double[] {1, 2, 3}, new double[] {5}, new double[] {2, 4}, new double[29]);
    IntervalEstimate estimate = bootstrap.mean(few).orElseThrow();
    assertThat(estimate.sameVideos().exists()).isFalse();
    assertThat(estimate.sameVideos().reason()).contains("fewer than 3 blocks of 10 frames");
    assertThat(estimate.newVideos().reason()).contains("fewer than 10 videos");
    assertThat(estimate.newVideos().excludesZero()).isFalse();

    List<double[]> many = new ArrayList<>();
    for (int video = 0; video < 10; video++) {
      many.add(new double[] {video, video + 1, video + 2});
    }
    IntervalEstimate ofMany = bootstrap.mean(many).orElseThrow();
    assertThat(ofMany.sameVideos().exists()).isFalse();
    assertThat(ofMany.newVideos().lower()).isBetween(1.5, 5.0);
    assertThat(ofMany.newVideos().upper()).isBetween(6.0, 9.5);
  }

  @Test
  void aFewVideosOrOneThatHoldsNearlyAllFramesAreNotVideosOfAKind() {
    BlockBootstrap bootstrap = BlockBootstrap.standard(1);
    double[] short30 = correlated(new Random(1), 30);
    assertThat(bootstrap.mean(List.of(short30, short30)).orElseThrow().newVideos().reason())
        .contains("fewer than 3 videos");
    assertThat(
            bootstrap
                .mean(List.of(correlated(new Random(2), 3000), short30, short30))
                .orElseThrow()
                .newVideos()
                .reason())
        .contains("one video holds most of the frames");
  }

  @Test
  void seedsThatAgreeChangeNothingAndOthersWidenTheInterval() {
    BlockBootstrap bootstrap = BlockBootstrap.standard(1);
    double[] frames = correlated(new Random(1), 100);
    double[] higher = Arrays.stream(frames).map(value -> value + 3).toArray();
    double[] lower = Arrays.stream(frames).map(value -> value - 3).toArray();
    IntervalEstimate one = bootstrap.mean(bootstrap.resample(frames, 0)).orElseThrow();
    IntervalEstimate agreeing =
        bootstrap
            .mean(
                bootstrap.resample(
                    RepeatedFrames.ofModels(List.of(List.of(frames, frames, frames))), 0))
            .orElseThrow();
    IntervalEstimate apart =
        bootstrap
            .mean(
                bootstrap.resample(
                    RepeatedFrames.ofModels(List.of(List.of(lower, frames, higher))), 0))
            .orElseThrow();

    assertThat(agreeing.sameVideos().lower()).isCloseTo(one.sameVideos().lower(), within(1e-9));
    assertThat(apart.value()).isCloseTo(one.value(), within(1e-9));
    assertThat(apart.sameVideos().upper() - apart.sameVideos().lower())
        .isGreaterThan(2 * (one.sameVideos().upper() - one.sameVideos().lower()));
  }

  @Test
  void everyFrameIsDrawnEquallyOften() {
    double[] middle = new double[40];
    Arrays.fill(middle, 15, 25, 1);
    IntervalEstimate interval =
        BlockBootstrap.standard(1).mean(Collections.nCopies(100, middle)).orElseThrow();

    assertThat(interval.value()).isEqualTo(0.25);
    Interval same = interval.sameVideos();
    assertThat((same.lower() + same.upper()) / 2).isCloseTo(0.25, within(0.01));
  }

  @Test
  void pairingRemovesWhatBothMethodsShare() {
    Random random = new Random(5);
    double[] baseline = correlated(random, 200);
    double[] method = new double[200];
    for (int i = 0; i < 200; i++) {
      method[i] = baseline[i] + 0.5 + 0.01 * random.nextGaussian();
    }
    IntervalEstimate difference =
        BlockBootstrap.standard(1).difference(List.of(baseline), List.of(method)).orElseThrow();
    assertThat(difference.value()).isCloseTo(0.5, within(0.01));
    Interval same = difference.sameVideos();
    assertThat(same.upper() - same.lower()).isLessThan(0.02);
    assertThat(same.excludesZero()).isTrue();
  }

  @Test
  void framesWithoutValueAreLeftOut() {
    IntervalEstimate interval =
        BlockBootstrap.standard(1)
            .mean(List.of(new double[] {1, Double.NaN, 3}, new double[] {Double.NaN, 5}))
            .orElseThrow();
    assertThat(interval.value()).isEqualTo(3);
    assertThat(BlockBootstrap.standard(1).mean(List.of(new double[] {Double.NaN}))).isEmpty();
    assertThat(BlockBootstrap.standard(1).mean(List.of())).isEmpty();
  }

  @Test
  void aDifferenceNeedsBothValuesOfAFrame() {
    IntervalEstimate interval =
        BlockBootstrap.standard(1)
            .difference(List.of(new double[] {1, Double.NaN, 3}), List.of(new double[] {2, 9, 5}))
            .orElseThrow();
    assertThat(interval.value()).isEqualTo(1.5);
  }

  @Test
  void everyFrameCountsTheSameWhateverItsVideo() {
    List<double[]> videos = new ArrayList<>();
    videos.add(new double[] {0, 0, 0});
    videos.add(new double[] {4});
    assertThat(BlockBootstrap.standard(1).mean(videos).orElseThrow().value()).isEqualTo(1);
  }

  @Test
  void constantFramesHaveNoWidth() {
    double[] constant = new double[30];
    Arrays.fill(constant, 2);
    IntervalEstimate interval =
        BlockBootstrap.standard(1).mean(Collections.nCopies(3, constant)).orElseThrow();
    assertThat(interval).isEqualTo(new IntervalEstimate(2, Interval.of(2, 2), Interval.of(2, 2)));
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
