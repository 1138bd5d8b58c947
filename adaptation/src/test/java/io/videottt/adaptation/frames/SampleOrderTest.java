package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.engine.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleOrderTest {

  private static List<Integer> passes(int count, long first, int samples) {
    SampleOrder.Choice choice =
        SampleOrder.SHUFFLED_PASSES.of(count, pass -> Seeds.generator(7, pass, "order"), first);
    List<Integer> frames = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      frames.add(choice.next(new SplittableRandom(i)));
    }
    return frames;
  }

  @Test
  void thirtyTwoSamplesOfSixteenFramesHoldEveryFrameExactlyTwice() {
    List<Integer> frames = passes(16, 0, 32);
    for (int frame = 0; frame < 16; frame++) {
      assertThat(Collections.frequency(frames.subList(0, 16), frame)).isEqualTo(1);
      assertThat(Collections.frequency(frames, frame)).isEqualTo(2);
    }
    assertThat(frames.subList(0, 16)).isNotEqualTo(frames.subList(16, 32));
    assertThat(frames.subList(0, 16)).isNotEqualTo(frames.stream().sorted().distinct().toList());
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "5, 32", "7, 7", "16, 10"})
  void noFrameIsTakenMoreThanOnceMoreOftenThanAnother(int count, int samples) {
    List<Integer> frames = passes(count, 0, samples);
    for (int frame = 0; frame < count; frame++) {
      assertThat(Collections.frequency(frames, frame))
          .isBetween(samples / count, (samples + count - 1) / count);
    }
  }

  @Test
  void passesCanBeTakenUpAnywhere() {
    List<Integer> whole = passes(7, 0, 40);
    assertThat(passes(7, 23, 17)).isEqualTo(whole.subList(23, 40));
  }

  @Test
  void withReplacementFramesAreDrawnFromTheSamplesOwnGenerator() {
    SampleOrder.Choice choice = SampleOrder.WITH_REPLACEMENT.of(16, pass -> null, 0);
    SplittableRandom random = new SplittableRandom(3);
    SplittableRandom same = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      assertThat(choice.next(random)).isEqualTo(same.nextInt(16));
    }
  }
}
