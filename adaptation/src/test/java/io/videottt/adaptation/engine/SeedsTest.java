package io.videottt.adaptation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void sameArgumentsGiveTheSameSeed() {
    assertThat(Seeds.of(7, 3, "crop")).isEqualTo(Seeds.of(7, 3, "crop"));
    assertThat(Seeds.generator(7, 3, "crop").nextLong())
        .isEqualTo(Seeds.generator(7, 3, "crop").nextLong());
  }

  @Test
  void seedsStayWhatTheyWereWhenResultsWereRecorded() {
    assertThat(Seeds.of(1, 2, "samples")).isEqualTo(8375139298915820601L);
  }

  @Test
  void everyArgumentMatters() {
    Set<Long> seeds = new HashSet<>();
    int count = 0;
    for (long unit = -5; unit < 45; unit++) {
      for (long frame = 0; frame < 200; frame++) {
        for (String purpose : new String[] {"samples", "masks", "", "mask"}) {
          seeds.add(Seeds.of(unit, frame, purpose));
          count++;
        }
      }
    }
    assertThat(seeds).hasSize(count);
  }

  @Test
  void neighbouringFramesDrawIndependently() {
    double sum = 0;
    int frames = 20_000;
    for (int frame = 0; frame < frames; frame++) {
      double here = Seeds.generator(1, frame, "samples").nextDouble() - 0.5;
      double next = Seeds.generator(1, frame + 1, "samples").nextDouble() - 0.5;
      sum += here * next * 12;
    }
    assertThat(sum / frames).isBetween(-0.03, 0.03);
  }
}
