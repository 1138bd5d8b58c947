package io.videottt.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsIdentityTest {

  private enum Target {
    @JsonProperty("pixels")
    PIXELS,
    @JsonProperty("patches")
    PATCHES
  }

  private record Phase(int iterations, double rate) {}

  private record First(int window, List<Integer> steps, Phase phase) {}

  private record LongerPhase(
      int iterations, double rate, @AddedLater(neutral = "false") boolean decay) {}

  private record Jitter(double minimum, double maximum, int padding) {}

  private record Later(
      int window,
      List<Integer> steps,
      LongerPhase phase,
      @AddedLater(neutral = "pixels") Target target,
      @AddedLater(neutral = "1") double share,
      @AddedLater(neutral = "{minimum: 1, maximum: 1}") Jitter jitter,
      @AddedLater(neutral = "{iterations: 0}") LongerPhase second) {}

  private static final First FIRST = new First(3, List.of(1, 2), new Phase(5, 0.1));

  private static Later later(
      boolean decay, Target target, double share, Jitter jitter, int second) {
    return new Later(
        3,
        List.of(1, 2),
        new LongerPhase(5, 0.1, decay),
        target,
        share,
        jitter,
        new LongerPhase(second, 0.5, false));
  }

  @Test
  void keysThatAreAddedWithANeutralValueLeaveTheIdentityAsItWas() {
    Later neutral = later(false, Target.PIXELS, 1, new Jitter(1, 1, 128), 0);
    assertThat(SettingsIdentity.of(neutral))
        .isEqualTo(SettingsIdentity.of(FIRST))
        .containsOnlyKeys("window", "steps", "phase.iterations", "phase.rate")
        .containsEntry("steps", "[1,2]");
  }

  @Test
  void anyOtherValueOfThemIsPartOfIt() {
    Later changed = later(true, Target.PATCHES, 0.5, new Jitter(1, 2, 128), 7);
    assertThat(SettingsIdentity.of(changed))
        .containsAllEntriesOf(SettingsIdentity.of(FIRST))
        .containsEntry("phase.decay", "true")
        .containsEntry("target", "\"patches\"")
        .containsEntry("share", "0.5")
        .containsEntry("jitter.minimum", "1.0")
        .containsEntry("jitter.padding", "128")
        .containsEntry("second.iterations", "7")
        .doesNotContainKey("second.decay");
  }

  @Test
  void aKeyWithoutTheMarkIsPartOfItWhateverItsValue() {
    assertThat(SettingsIdentity.of(new First(0, List.of(), new Phase(0, 0))))
        .containsOnlyKeys("window", "steps", "phase.iterations", "phase.rate");
  }
}
