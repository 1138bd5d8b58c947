package io.videottt.catalog.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.video.Video;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HEVC, which the build has no encoder of: the file is x265's, of the frames of a {@link TestFilm},
 * with frames that are stored before those shown before them.
 */
class HevcTest {

  @TempDir private Path root;

  @Test
  void itIsReadInOrderAndFromAnywhere() throws IOException {
    try (InputStream file = HevcTest.class.getResourceAsStream("hevc.mp4")) {
      Files.copy(file, root.resolve("hevc.mp4"));
    }
    Video video =
        Catalog.builtIn()
            .open("films", Optional.of(root.toString()), new Configuration())
            .video("test", "hevc.mp4", Set.of(Task.COLORIZATION));

    assertThat(video.frameCount()).isEqualTo(40);
    assertThat(video.framesPerSecond()).isCloseTo(25, within(0.1));
    assertThat(FilmTest.stream(video)).isEqualTo(FilmTest.range(0, 40));
    for (int frame : new int[] {39, 5, 22}) {
      assertThat(FilmTest.shown(video.read(frame).image())).isEqualTo(frame % TestFilm.KINDS);
    }
  }
}
