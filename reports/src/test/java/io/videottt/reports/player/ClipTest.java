package io.videottt.reports.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.TimeLine;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipTest {

  private static Clip clip(int length, List<Integer> frames, int pictures) {
    Film film = new Film("image/png", Collections.nCopies(pictures, Optional.<byte[]>empty()));
    Track track =
        new Track(
            new TimeLine("tent", "Tent", List.of()),
            film,
            Collections.nCopies(pictures, OptionalDouble.empty()));
    return new Clip(
        new EvaluationSet("d", "s", Task.SEMANTIC),
        "m",
        "v",
        length,
        frames.stream().map(index -> new Clip.Frame(index, "f", true)).toList(),
        film,
        film,
        List.of(track, track));
  }

  @ParameterizedTest
  @CsvSource({
    "40, 0, 1, all 40 frames",
    "160, 2, 4, every 4th of 160 frames",
    "49, 1, 2, every 2nd of 49 frames",
    "100, 1, 3, every 3rd of 100 frames",
    "500, 5, 11, every 11th of 500 frames",
    "5000, 50, 101, every 101st of 5000 frames",
    "1, 0, 1, 1 frame",
    "9, 4, 9, every 9th of 9 frames"
  })
  void evenlySpacedFramesAreToldByTheirStep(int length, int first, int step, String words) {
    List<Integer> frames =
        IntStream.iterate(first, i -> i < length, i -> i + step).boxed().toList();

    assertThat(clip(length, frames, frames.size()).spacing()).isEqualTo(words);
  }

  @Test
  void otherFramesAreCounted() {
    assertThat(clip(40, List.of(1, 5, 8, 11), 4).spacing()).isEqualTo("4 of 40 frames");
    assertThat(clip(40, List.of(0, 1, 2), 3).spacing()).isEqualTo("3 of 40 frames");
  }

  @Test
  void picturesOfOtherFramesAreRefused() {
    assertThatThrownBy(() -> clip(40, List.of(0, 1), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("films of a clip differ");
  }
}
