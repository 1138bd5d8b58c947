package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShuffledVideoTest {

  private static final SyntheticVideo VIDEO = SyntheticVideo.of("video", 12, 3);

  private static List<Integer> order(Video video) {
    List<Integer> order = new ArrayList<>();
    try (FrameStream frames = video.stream()) {
      frames.forEachRemaining(frame -> order.add(frame.index()));
    }
    return order;
  }

  @Test
  void everyFrameComesOnceWithItsOwnIndexNameAndTruth() {
    Video shuffled = ShuffledVideo.of(VIDEO, 5);
    assertThat(shuffled.frameCount()).isEqualTo(12);
    Set<Integer> seen = new HashSet<>();
    for (int position = 0; position < 12; position++) {
      Frame frame = shuffled.read(position);
      Frame original = VIDEO.read(frame.index());
      assertThat(frame.name()).isEqualTo(original.name()).isEqualTo(shuffled.frameName(position));
      assertThat(frame.image().pixels()).isEqualTo(original.image().pixels());
      assertThat(frame.labels().orElseThrow().labels())
          .isEqualTo(original.labels().orElseThrow().labels());
      seen.add(frame.index());
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(order(ShuffledVideo.of(VIDEO, 5)))
        .isEqualTo(order(ShuffledVideo.of(VIDEO, 5)))
        .isNotEqualTo(order(ShuffledVideo.of(VIDEO, 6)))
        .isNotEqualTo(order(VIDEO));
  }

  @Test
  void annotationsGoWithTheirFrames() {
    SyntheticVideo sparse = new SyntheticVideo("video", 12, 48, 64, 3, false, 5);
    Video shuffled = ShuffledVideo.of(sparse, 5);
    for (int position = 0; position < 12; position++) {
      assertThat(shuffled.annotated(position))
          .isEqualTo(sparse.annotated(shuffled.read(position).index()));
    }
  }

  @Test
  void everyFrameIsAsLikelyToComeFirst() {
    SyntheticVideo three = SyntheticVideo.of("video", 3, 3);
    int[] first = new int[3];
    for (int seed = 0; seed < 600; seed++) {
      first[Integer.parseInt(ShuffledVideo.of(three, seed).frameName(0))]++;
    }
    for (int count : first) {
      assertThat(count).isBetween(150, 250);
    }
  }
}
