package io.videottt.catalog.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read back by the project's own reader. */
class FilmWriterTest {

  private static final SplitDefinition SPLIT =
      new SplitDefinition("", List.of(), "", 0, 0, LabelPolicy.NONE, null);

  @TempDir private Path folder;

  /** Smooth colours that move, with a square that tells the frame. */
  private static RgbImage frame(int height, int width, int index) {
    byte[] pixels = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        pixels[at] = (byte) (255 * x / width);
        pixels[at + 1] = (byte) (255 * y / Math.max(height, 64));
        pixels[at + 2] = (byte) (index * 9 % 256);
      }
    }
    return new RgbImage(height, width, pixels);
  }

  private FilmWriter writer(Path file, int height, int width, double rate) {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(file.toUri());
    return new FilmWriter(target, target.getParent(), new Configuration(), height, width, rate);
  }

  private Path write(String name, int frames, int height, int width, double rate) {
    Path file = folder.resolve(name);
    try (FilmWriter writer = writer(file, height, width, rate)) {
      for (int i = 0; i < frames; i++) {
        writer.write(frame(height, width, i));
      }
      writer.finish();
    }
    return file;
  }

  private Video read(Path file) {
    VideoFilesLayout layout = new VideoFilesLayout();
    DataSetDefinition films =
        new DataSetDefinition(
            "films", null, folder.toString(), layout, 0, null, null, Map.of("test", SPLIT), false);
    return layout
        .open(films, new Configuration())
        .video(SPLIT, file.getFileName().toString(), Set.of());
  }

  private static double squaredError(RgbImage one, RgbImage other) {
    double sum = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      double difference = (one.pixels()[i] & 0xff) - (other.pixels()[i] & 0xff);
      sum += difference * difference;
    }
    return sum / one.pixels().length;
  }

  @ParameterizedTest
  @CsvSource({"64, 96, 25", "360, 640, 29.97", "720, 1280, 2", "48, 2048, 0.5"})
  void theReaderFindsTheFramesTheirRateAndTheirColours(int height, int width, double rate) {
    Path file = write("film.mp4", 30, height, width, rate);

    Video film = read(file);

    assertThat(film.frameCount()).isEqualTo(30);
    assertThat(film.framesPerSecond()).isCloseTo(rate, within(rate / 1000));
    assertThat(film.notes()).isEmpty();
    try (FrameStream frames = film.stream()) {
      for (int i = 0; i < 30; i++) {
        RgbImage image = frames.next().image();
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.width()).isEqualTo(width);
        // 35 dB.
        assertThat(squaredError(image, frame(height, width, i))).as("frame %d", i).isLessThan(20);
      }
    }
  }

  @Test
  void framesThatH264DoesNotHoldBecomeWebm() {
    assertThat(FilmFormat.of(2160, 3840)).isEqualTo(FilmFormat.MP4);
    assertThat(FilmFormat.of(8, 64)).isEqualTo(FilmFormat.WEBM);
    assertThat(FilmFormat.of(64, 9000)).isEqualTo(FilmFormat.WEBM);
    assertThatThrownBy(() -> FilmFormat.of(64, 20_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("20000 x 64");
    Path file = write("small.webm", 12, 8, 64, 10);

    Video film = read(file);

    assertThat(film.frameCount()).isEqualTo(12);
    assertThat(squaredError(film.read(7).image(), frame(8, 64, 7))).isLessThan(60);
  }

  @Test
  void anOddSizeIsMadeEvenByItsLastRowAndColumn() {
    Path file = write("odd.mp4", 4, 33, 51, 10);

    RgbImage image = read(file).read(2).image();

    assertThat(image.height()).isEqualTo(34);
    assertThat(image.width()).isEqualTo(52);
    int last = ((33 * 52) + 51) * 3;
    int wanted = ((32 * 51) + 50) * 3;
    byte[] original = frame(33, 51, 2).pixels();
    for (int channel = 0; channel < 3; channel++) {
      assertThat(image.pixels()[last + channel] & 0xff)
          .isCloseTo(original[wanted + channel] & 0xff, within(24));
    }
  }

  @Test
  void theSameFramesAreTheSameBytes() throws IOException {
    Path one = write("one.mp4", 20, 64, 96, 25);
    Path other = write("other.mp4", 20, 64, 96, 25);

    assertThat(one).hasSameBinaryContentAs(other);
  }

  @Test
  void aFilmThatIsNotFinishedLeavesNothingAndAnOlderOneStays() throws IOException {
    Path file = folder.resolve("film.mp4");
    Files.writeString(file, "older");
    try (FilmWriter writer = writer(file, 64, 96, 25)) {
      writer.write(frame(64, 96, 0));
    }

    assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo("older");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFrameOfAnotherSizeIsRefused() {
    try (FilmWriter writer = writer(folder.resolve("film.mp4"), 64, 96, 25)) {
      assertThatThrownBy(() -> writer.write(frame(64, 98, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("98 x 64");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamed() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "no folder");
    try (FilmWriter writer = writer(file.resolve("film.mp4"), 64, 96, 25)) {
      writer.write(frame(64, 96, 0));
      assertThatThrownBy(writer::finish)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("film.mp4")
          .hasMessageContaining("cannot be written");
    }
  }

  @Test
  void aLongFilmTakesNoMoreMemoryThanAShortOne() throws IOException {
    write("warm.mp4", 200, 128, 256, 25);
    long before = residentBytes();

    write("long.mp4", 3000, 128, 256, 25);

    // A single byte of every pixel kept would be 98 MB, a frame kept would be 295 MB.
    assertThat(residentBytes() - before).isLessThan(90L << 20);
    assertThat(read(folder.resolve("long.mp4")).frameCount()).isEqualTo(3000);
  }

  private static long residentBytes() throws IOException {
    System.gc();
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096;
  }
}
