package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the real CamVid where the development data is at hand. */
class CamVidTest {

  private static final Path ROOT = Path.of("../../shared/data/camvid").toAbsolutePath().normalize();

  private DataSet camvid;

  @BeforeEach
  void open() {
    assumeTrue(Files.isDirectory(ROOT), "no development data at " + ROOT);
    camvid = Catalog.builtIn().open("camvid", Optional.of(ROOT.toString()), new Configuration());
  }

  @Test
  void splitsHoldTheFramesOfTheCommonLists() {
    assertThat(frameCounts("train")).containsExactly(101, 204);
    assertThat(frameCounts("val")).containsExactly(101);
    assertThat(frameCounts("test")).containsExactly(124);
    assertThat(frameCounts("common-train")).containsExactly(62, 101, 204);
    assertThat(frameCounts("common-test")).containsExactly(62);
  }

  @Test
  void duskVideoIsReadWholeAndInTemporalOrder() {
    Video dusk = camvid.video("test", "0001TP");
    List<String> names = IntStream.range(0, 124).mapToObj(dusk::frameName).toList();
    assertThat(names).startsWith("0001TP_006690", "0001TP_006720").isSorted();
    int frames = 0;
    try (FrameStream stream = dusk.stream()) {
      while (stream.hasNext()) {
        Frame frame = stream.next();
        assertThat(frame.index()).isEqualTo(frames++);
        assertThat(frame.image().height()).isEqualTo(360);
        assertThat(frame.labels().orElseThrow().width()).isEqualTo(480);
      }
    }
    assertThat(frames).isEqualTo(124);
  }

  private List<Integer> frameCounts(String split) {
    return camvid.videos(split).stream().map(Video::frameCount).toList();
  }
}
