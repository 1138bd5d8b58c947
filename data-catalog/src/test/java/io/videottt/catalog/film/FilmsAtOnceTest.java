package io.videottt.catalog.film;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.video.FrameReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More films at once than the library has callbacks, as the tasks of an executor read them. */
@Timeout(120)
class FilmsAtOnceTest {

  private static final int AT_ONCE = 24;
  private static final int FRAMES = 25;
  private static final SplitDefinition SPLIT =
      new SplitDefinition("", List.of(), "", 0, 0, LabelPolicy.NONE, null);

  @TempDir private Path root;

  @Test
  void eachHasThePixelsThatItHasAlone() throws InterruptedException, ExecutionException {
    TestFilm.of("mpeg4", FRAMES).withBetweenFrames(2).write(root.resolve("a.mp4"));
    TestFilm.of("libvpx-vp9", FRAMES).write(root.resolve("b.webm"));
    VideoFilesLayout layout = new VideoFilesLayout(null, 0, 0, 0, 40, 50);
    VideoSource films =
        layout.open(
            new DataSetDefinition(
                "films", null, root.toString(), layout, 0, null, null, Map.of("t", SPLIT), false),
            new Configuration());
    List<List<byte[]>> alone = List.of(frames(films, "a.mp4"), frames(films, "b.webm"));

    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<List<byte[]>>> readers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String name = i % 2 == 0 ? "a.mp4" : "b.webm";
        readers.add(() -> frames(films, name));
      }
      List<Future<List<byte[]>>> found = threads.invokeAll(readers);
      for (int i = 0; i < AT_ONCE; i++) {
        List<byte[]> pixels = found.get(i).get();
        for (int frame = 0; frame < FRAMES; frame++) {
          assertThat(pixels.get(frame)).isEqualTo(alone.get(i % 2).get(frame));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<byte[]> frames(VideoSource films, String name) {
    List<byte[]> pixels = new ArrayList<>();
    try (FrameReader reader = films.video(SPLIT, name, Set.of()).reader()) {
      for (int i = 0; i < FRAMES; i++) {
        pixels.add(reader.read(i).image().pixels());
      }
    }
    return pixels;
  }
}
