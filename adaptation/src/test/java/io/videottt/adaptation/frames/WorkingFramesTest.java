package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.stream.AlteredVideo;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.catalog.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WorkingFramesTest {

  private static final int BYTES = 48 * 64 * 3;

  private final List<Integer> reads = new ArrayList<>();
  private final AlteredVideo video =
      new AlteredVideo(
          SyntheticVideo.of("video", 10, 1),
          frame -> {
            reads.add(frame.index());
            return frame;
          });

  private WorkingFrames frames(long cacheBytes) {
    return new WorkingFrames(video, UnaryOperator.identity(), cacheBytes);
  }

  private RgbImage image(int index) {
    return video.original().read(index).image();
  }

  @Test
  void framesOfTheWindowAreNotReadAgain() {
    WorkingFrames frames = frames(100 * BYTES);
    for (int index = 0; index < 10; index++) {
      frames.add(index, image(index), Math.max(0, index - 3));
    }
    for (int index = 6; index < 10; index++) {
      assertThat(frames.get(index).pixels()).isEqualTo(image(index).pixels());
    }
    assertThat(reads).isEmpty();
  }

  @Test
  void framesThatDoNotFitAreReadAgain() {
    WorkingFrames frames = frames(2 * BYTES);
    for (int index = 0; index < 10; index++) {
      frames.add(index, image(index), 0);
    }
    assertThat(frames.get(9).pixels()).isEqualTo(image(9).pixels());
    assertThat(frames.get(8).pixels()).isEqualTo(image(8).pixels());
    assertThat(reads).isEmpty();
    assertThat(frames.get(3).pixels()).isEqualTo(image(3).pixels());
    assertThat(frames.get(3).pixels()).isEqualTo(image(3).pixels());
    assertThat(reads).containsExactly(3, 3);
  }

  @Test
  void theNewestFrameIsHeldWhateverTheBound() {
    WorkingFrames frames = frames(0);
    frames.add(0, image(0), 0);
    frames.add(1, image(1), 0);
    frames.get(1);
    assertThat(reads).isEmpty();
  }

  @Test
  void framesReadAheadOfTheStreamAreHeldWhileTheyFit() {
    WorkingFrames frames = frames(2 * BYTES);
    frames.get(4);
    frames.get(5);
    frames.get(4);
    frames.get(6);
    frames.get(6);
    assertThat(reads).containsExactly(4, 5, 6, 6);
  }
}
