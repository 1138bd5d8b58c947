package io.videottt.catalog.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.Video;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films where files are streams that give a few bytes at a time and sometimes fail. */
class FilmOnAnotherFileSystemTest {

  private static final SplitDefinition SPLIT =
      new SplitDefinition("", List.of(), "", 0, 0, LabelPolicy.NONE, null);

  @TempDir private Path root;

  private Video film(Configuration hadoop) {
    VideoFilesLayout layout = new VideoFilesLayout();
    DataSetDefinition definition =
        new DataSetDefinition(
            "films",
            null,
            "far://host" + root,
            layout,
            0,
            null,
            null,
            Map.of("test", SPLIT),
            false);
    return layout.open(definition, hadoop).video(SPLIT, "a.mp4", Set.of());
  }

  private static Configuration hadoop(long breaksAt) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.far.impl", FarFileSystem.class, RawLocalFileSystem.class);
    hadoop.setBoolean("fs.far.impl.disable.cache", true);
    hadoop.setLong("far.breaks.at", breaksAt);
    return hadoop;
  }

  @Test
  void framesAreThoseOfTheLocalFile() {
    TestFilm.of("mpeg4", 30).write(root.resolve("a.mp4"));
    Video far = film(hadoop(Long.MAX_VALUE));
    VideoFilesLayout layout = new VideoFilesLayout();
    Video near =
        layout
            .open(
                new DataSetDefinition(
                    "films",
                    null,
                    root.toString(),
                    layout,
                    0,
                    null,
                    null,
                    Map.of("test", SPLIT),
                    false),
                new Configuration())
            .video(SPLIT, "a.mp4", Set.of());

    assertThat(far.frameCount()).isEqualTo(30);
    try (FrameReader one = far.reader();
        FrameReader other = near.reader()) {
      for (int i = 0; i < 30; i++) {
        assertThat(one.read(i).image().pixels()).isEqualTo(other.read(i).image().pixels());
      }
    }
  }

  @Test
  void aReadThatFailsIsSaidInTheStoragesWords() {
    TestFilm.of("mpeg4", 30).write(root.resolve("a.mp4"));
    assertThatThrownBy(() -> film(hadoop(2000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.mp4: cannot be read: ")
        .hasMessageContaining("the cable is cut");
  }

  /** Local files under another scheme. */
  public static final class FarFileSystem extends RawLocalFileSystem {

    private long breaksAt;

    @Override
    public void initialize(URI uri, Configuration hadoop) throws IOException {
      super.initialize(uri, hadoop);
      breaksAt = hadoop.getLong("far.breaks.at", Long.MAX_VALUE);
    }

    @Override
    public URI getUri() {
      return URI.create("far://host");
    }

    @Override
    protected void checkPath(org.apache.hadoop.fs.Path path) {
      // Every path is here.
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize)
        throws IOException {
      return new FSDataInputStream(new Slow(super.open(path, bufferSize), breaksAt));
    }
  }

  private static final class Slow extends FSInputStream {

    private static final int AT_ONCE = 700;

    private final FSDataInputStream stream;
    private final long breaksAt;

    Slow(FSDataInputStream stream, long breaksAt) {
      this.stream = stream;
      this.breaksAt = breaksAt;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (stream.getPos() >= breaksAt) {
        throw new IOException("the cable is cut");
      }
      return ((InputStream) stream).read(target, offset, Math.min(length, AT_ONCE));
    }

    @Override
    public void seek(long position) throws IOException {
      stream.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
