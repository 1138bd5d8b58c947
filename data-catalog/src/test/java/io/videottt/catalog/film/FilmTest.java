package io.videottt.catalog.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.SplitVideos;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilmTest {

  private static final SplitDefinition SPLIT =
      new SplitDefinition("", List.of(), "", 0, 0, LabelPolicy.NONE, null);
  private static final int QUARTER = 1 << 16;

  @TempDir private Path root;

  private static DataSetDefinition definition(Path folder, VideoFilesLayout layout) {
    return new DataSetDefinition(
        "films", null, folder.toString(), layout, 0, null, null, Map.of("test", SPLIT), false);
  }

  private VideoSource source(VideoFilesLayout layout) {
    return layout.open(definition(root, layout), new Configuration());
  }

  private Video film(String name, VideoFilesLayout layout) {
    return source(layout).video(SPLIT, name, Set.of());
  }

  private Video film(String name) {
    return film(name, new VideoFilesLayout());
  }

  private static VideoFilesLayout seconds(double every, double from, double to) {
    return new VideoFilesLayout(null, every, from, to, 0, 0);
  }

  /** What frame of a test film a picture is, of those before they repeat. */
  static int shown(RgbImage image) {
    int y = image.height() / 4;
    int value = image.pixels()[(y * image.width() + image.width() / 2) * 3 + 1] & 0xff;
    double luma = 16 + value * 219 / 255.0;
    int best = 0;
    for (int i = 0; i < TestFilm.KINDS; i++) {
      if (Math.abs(TestFilm.luma(i) - luma) < Math.abs(TestFilm.luma(best) - luma)) {
        best = i;
      }
    }
    assertThat((double) TestFilm.luma(best)).isCloseTo(luma, within(4.0));
    return best;
  }

  static List<Integer> stream(Video video) {
    List<Integer> shown = new ArrayList<>();
    try (FrameStream frames = video.stream()) {
      frames.forEachRemaining(frame -> shown.add(shown(frame.image())));
    }
    return shown;
  }

  /** The frames from one to before another, as {@link #shown} tells them. */
  static List<Integer> range(int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add(i % TestFilm.KINDS);
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "mpeg4, a.mp4", "mpeg4, a.mov", "mpeg4, a.mkv", "mpeg4, a.avi", "mpeg4, A.M4V",
    "mjpeg, a.avi", "mjpeg, a.mov", "mjpeg, a.mkv", "libvpx-vp9, a.webm", "libvpx-vp9, a.mkv",
    "libopenh264, a.mp4", "libopenh264, a.mkv", "libopenh264, a.mov"
  })
  void everyFrameOfEveryKindOfFileComesInItsOrder(String encoder, String name) {
    TestFilm.of(encoder, 40).write(root.resolve(name));
    Video video = film(name);

    assertThat(video.frameCount()).isEqualTo(40);
    assertThat(video.framesPerSecond()).isCloseTo(25, within(0.1));
    assertThat(video.frameName(7)).isEqualTo("000007");
    assertThat(stream(video)).isEqualTo(range(0, 40));
    assertThat(video.notes()).isEmpty();
    assertThat(source(new VideoFilesLayout()).videoIds(SPLIT)).containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource({"mpeg4, a.mp4", "mpeg4, a.mkv", "mpeg4, a.avi"})
  void framesThatAreStoredBeforeThoseShownBeforeThemComeInTheOrderOfTheScreen(
      String encoder, String name) {
    TestFilm.of(encoder, 40).withBetweenFrames(2).write(root.resolve(name));

    assertThat(film(name).frameCount()).isEqualTo(40);
    assertThat(stream(film(name))).isEqualTo(range(0, 40));
  }

  @ParameterizedTest
  @CsvSource({"mpeg4, a.mp4, 2", "mpeg4, a.avi, 2", "libvpx-vp9, a.webm, 0", "mjpeg, a.mov, 0"})
  void aFrameFromAnywhereHasThePixelsThatItHasInOrder(String encoder, String name, int between) {
    TestFilm.of(encoder, 50).withBetweenFrames(between).write(root.resolve(name));
    Video video = film(name);
    List<byte[]> inOrder = new ArrayList<>();
    try (FrameReader reader = video.reader()) {
      for (int i = 0; i < 50; i++) {
        inOrder.add(reader.read(i).image().pixels());
      }
    }
    try (FrameReader reader = video.reader()) {
      for (int index : new int[] {49, 0, 31, 30, 13, 24, 25, 36, 1}) {
        assertThat(reader.read(index).image().pixels()).isEqualTo(inOrder.get(index));
        assertThat(video.read(index).image().pixels()).isEqualTo(inOrder.get(index));
      }
    }
    try (FrameStream rest = video.stream(29)) {
      assertThat(rest.next().image().pixels()).isEqualTo(inOrder.get(29));
      assertThat(rest.next().index()).isEqualTo(30);
    }
  }

  @Test
  void aRangeOfSecondsIsTaken() {
    TestFilm.of("mpeg4", 50).write(root.resolve("a.mp4"));

    assertThat(stream(film("a.mp4", seconds(0, 1, 1.4)))).isEqualTo(range(25, 35));
    assertThat(film("a.mp4", seconds(0, 1, 0)).frameCount()).isEqualTo(25);
    assertThat(film("a.mp4", seconds(0, 1, 1.4)).frameName(0)).isEqualTo("000025");
  }

  @Test
  void framesAreTakenAtTheMomentsThatAreAskedFor() {
    TestFilm.of("mpeg4", 50).write(root.resolve("a.mp4"));
    Video video = film("a.mp4", seconds(0.2, 0.1, 1.2));

    assertThat(stream(video)).containsExactly(2, 7, 12, 17, 22 - 18, 27 - 18);
    assertThat(video.framesPerSecond()).isEqualTo(5);
    assertThat(stream(film("a.mp4", seconds(1, 0, 0)))).containsExactly(0, 25 - 18);
    assertThat(stream(film("a.mp4", seconds(0.001, 0, 0.1)))).containsExactly(0, 1, 2);
  }

  @Test
  void aVariableFrameRateIsToldAndCanBeTakenEvenly() {
    TestFilm.of("mpeg4", 6).at(0, 4, 8, 50, 54, 100).write(root.resolve("a.mkv"));
    Video video = film("a.mkv");

    assertThat(video.notes())
        .singleElement()
        .asString()
        .contains(
            "a.mkv: variable frame rate: 40 to 460 ms between frames, 5.00 frames a second on average");
    assertThat(stream(video)).isEqualTo(range(0, 6));
    // What is on the screen at 0, 0.25, 0.5, 0.75 and 1 s.
    assertThat(stream(film("a.mkv", seconds(0.25, 0, 0)))).containsExactly(0, 2, 3, 4, 5);
  }

  @Test
  void aTurnedFilmIsShownUpright() {
    TestFilm.of("mpeg4", 3)
        .turned(0, QUARTER, 0, -QUARTER, 0, 0, 0, 0, 1 << 30)
        .write(root.resolve("a.mp4"));
    RgbImage image = film("a.mp4").read(0).image();

    // A quarter clockwise: what was below is at the left, its left part on top.
    assertThat(image.height()).isEqualTo(96);
    assertThat(image.width()).isEqualTo(64);
    assertThat(level(image, 8, 16)).isGreaterThan(200);
    assertThat(level(image, 60, 16)).isLessThan(30);
    assertThat(level(image, 60, 48)).isBetween(20, 60);
    RgbImage scaled = film("a.mp4", new VideoFilesLayout(null, 0, 0, 0, 48, 32)).read(0).image();
    assertThat(scaled.height()).isEqualTo(48);
    assertThat(scaled.width()).isEqualTo(32);
    assertThat(level(scaled, 4, 8)).isGreaterThan(200);
  }

  private static int level(RgbImage image, int row, int column) {
    return image.pixels()[(row * image.width() + column) * 3 + 1] & 0xff;
  }

  @ParameterizedTest
  @CsvSource({"0,1,-1,0, 6", "-1,0,0,-1, 3", "0,-1,1,0, 8", "1,0,0,1, 1", "-1,0,0,1, 2"})
  void theTurnsOfContainersAreThoseOfPhotographs(int a, int b, int c, int d, int tag) {
    int[] matrix = {a * QUARTER, b * QUARTER, 0, c * QUARTER, d * QUARTER, 0, 0, 0, 1 << 30};
    assertThat(DisplayMatrix.orientation(matrix, "a").tag()).isEqualTo(tag);
  }

  @Test
  void aTurnOfLessThanAQuarterIsRefused() {
    assertThatThrownBy(
            () -> DisplayMatrix.orientation(new int[] {9, 1, 0, 1, 9, 0, 0, 0, 1}, "a.mp4"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a.mp4: its frames are turned by a part of a quarter, which is not read");
  }

  @Test
  void coloursAreThoseOfTheStandard() {
    TestFilm.of("libopenh264", 2).write(root.resolve("a.mp4"));
    RgbImage image = film("a.mp4").read(0).image();
    // Luma 40 of 16 to 235 without chroma.
    int expected = (int) Math.round((TestFilm.luma(0) - 16) * 255 / 219.0);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(image.pixels()[channel] & 0xff).isCloseTo(expected, within(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "avi"})
  void aFileThatIsCutOffIsAnErrorThatNamesItAndTheFrame(String extension) throws IOException {
    Path whole = TestFilm.of("mpeg4", 60).write(root.resolve("whole." + extension));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = root.resolve("cut." + extension);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length * 2 / 3));

    assertThatThrownBy(() -> stream(film("cut." + extension)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cut." + extension + ": ");
    assertThat(stream(film("whole." + extension))).hasSize(60);
  }

  @Test
  void damagedDataIsAnErrorAtItsFrameAndTheFramesBeforeItAreRead() throws IOException {
    Path file = TestFilm.of("libopenh264", 60).write(root.resolve("a.mp4"));
    byte[] bytes = Files.readAllBytes(file);
    int data = find(bytes, "mdat") + 4;
    int end = find(bytes, "moov") - 4;
    int at = data + (end - data) / 2;
    for (int i = at; i < at + 200; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(file, bytes);
    Video video = film("a.mp4");
    List<Integer> shown = new ArrayList<>();

    assertThatThrownBy(
            () -> {
              try (FrameStream frames = video.stream()) {
                frames.forEachRemaining(frame -> shown.add(shown(frame.image())));
              }
            })
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("(?s).*a\\.mp4: breaks at frame \\d+ \\(second \\d\\.\\d\\d\\): .*");
    assertThat(shown).isNotEmpty().isEqualTo(range(0, shown.size()));
  }

  private static int find(byte[] bytes, String word) {
    byte[] wanted = word.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length - 4; i++) {
      if (Arrays.equals(bytes, i, i + 4, wanted, 0, 4)) {
        return i;
      }
    }
    throw new AssertionError("no " + word);
  }

  @Test
  void otherFilesUnderTheNameOfAVideoAreRefused() throws IOException {
    Files.writeString(root.resolve("list.mp4"), "ffconcat version 1.0\nfile /etc/hostname\n");
    Files.writeString(
        root.resolve("play.mkv"),
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n");
    Files.write(root.resolve("empty.avi"), new byte[0]);
    Files.write(root.resolve("noise.webm"), new byte[5000]);
    Files.createDirectory(root.resolve("folder.mp4"));
    for (String name : List.of("list.mp4", "play.mkv", "noise.webm")) {
      assertThatThrownBy(() -> film(name))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name + ": no video that is read here");
    }
    assertThatThrownBy(() -> film("empty.avi"))
        .hasMessageContaining("empty.avi: the file is empty; copy it again");
    assertThatThrownBy(() -> film("folder.mp4"))
        .hasMessageContaining("folder.mp4: is a folder, expected a video file");
    assertThatThrownBy(() -> film("none.mp4"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.mp4: the file is missing");
  }

  /** A file that was made elsewhere, H.264 with sound. */
  @Test
  void aFilmOfAnotherProgramIsRead() {
    Path shared =
        Path.of(Objects.requireNonNullElse(System.getenv("VIDEOTTT_FIXTURES"), "../../shared"))
            .resolve("data/videos/example.mp4");
    assumeTrue(Files.exists(shared), "no ../shared/data/videos");
    DataSetDefinition definition = definition(shared.getParent(), new VideoFilesLayout());
    Video video =
        definition
            .layout()
            .open(definition, new Configuration())
            .video(SPLIT, "example.mp4", Set.of());
    int count = 0;
    try (FrameStream frames = video.stream()) {
      while (frames.hasNext()) {
        RgbImage image = frames.next().image();
        assertThat(image.pixels()).hasSize(image.height() * image.width() * 3);
        count++;
      }
    }
    assertThat(count).isEqualTo(video.frameCount()).isGreaterThan(10);
  }

  @Test
  void aFolderOfFilmsIsCheckedAndOneThatIsBrokenDoesNotStopTheOthers() throws IOException {
    TestFilm.of("mpeg4", 10).write(root.resolve("a.mp4"));
    byte[] whole = Files.readAllBytes(TestFilm.of("mpeg4", 60).write(root.resolve("b.mkv")));
    Files.write(root.resolve("b.mkv"), Arrays.copyOf(whole, whole.length / 2));
    TestFilm.of("mpeg4", 6).at(0, 4, 8, 50, 54, 100).write(root.resolve("c.mkv"));
    Files.writeString(root.resolve("notes.txt"), "x");
    Files.writeString(root.resolve("d.wmv"), "x");
    DataSetDefinition definition = definition(root, new VideoFilesLayout());
    DataSet dataSet = DataSet.of(definition, new Configuration());
    CatalogCheck.Split check = dataSet.check(List.of("test")).splits().get(0);

    assertThat(check.videos()).isEqualTo(3);
    assertThat(check.frames()).isEqualTo(16);
    assertThat(check.others().count()).isEqualTo(1);
    assertThat(check.notes()).singleElement().asString().contains("c.mkv: variable frame rate");
    assertThat(check.problems().get(FileProblem.Kind.UNREADABLE).examples())
        .singleElement()
        .asString()
        .containsPattern("b\\.mkv: breaks at frame \\d+ \\(second [0-9.]+\\): the file is cut off");
    assertThat(check.problems().get(FileProblem.Kind.NOT_READ).examples())
        .singleElement()
        .asString()
        .contains("d.wmv: is not read");
    SplitVideos opened = dataSet.open("test", List.of(), Set.of());
    assertThat(opened.videos()).extracting(Video::id).containsExactly("a.mp4", "c.mkv");
    assertThat(opened.problems()).containsOnlyKeys("b.mkv");
    assertThat(dataSet.files("test", "a.mp4").files()).containsOnlyKeys("videos/a.mp4");
  }

  @Test
  void forColorizationAFilmIsItsOwnTruth() {
    TestFilm.of("mpeg4", 20).write(root.resolve("a.mp4"));
    DataSet dataSet = DataSet.of(definition(root, new VideoFilesLayout()), new Configuration());
    Video gray = dataSet.video("test", "a.mp4", Set.of(Task.COLORIZATION));
    try (FrameStream frames = gray.stream();
        FrameReader colours = film("a.mp4").reader()) {
      for (int i = 0; i < 20; i++) {
        Frame frame = frames.next();
        assertThat(frame.truth().colours().orElseThrow().pixels())
            .isEqualTo(colours.read(i).image().pixels());
      }
    }
    assertThat(gray.oneFile()).isTrue();
  }

  @Test
  void aTaskThatNeedsAnnotationIsRefusedInOneLine() {
    TestFilm.of("mpeg4", 10).write(root.resolve("a.mp4"));
    DataSetDefinition definition = definition(root, new VideoFilesLayout());
    assertThatThrownBy(
            () ->
                DataSet.of(definition, new Configuration())
                    .open("test", List.of(), Set.of(Task.SEMANTIC)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data set films has no ground truth for semantic segmentation; it has it for colorization");
  }

  @Test
  void aCodecThatIsNotReadIsNamed() {
    TestFilm.of("mpeg2video", 5).write(root.resolve("a.mkv"));
    assertThatThrownBy(() -> film("a.mkv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "a.mkv: its video is coded as mpeg2video; H.264, HEVC, VP9, MPEG-4 and MJPEG are read");
  }

  @Test
  void secondsBehindTheEndAreRefusedWithWhatThereIs() {
    TestFilm.of("mpeg4", 50).write(root.resolve("a.mp4"));
    assertThatThrownBy(() -> film("a.mp4", seconds(0, 5, 6)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.mp4: has no frame from second 5.0 to 6.0; it has 50, in 2.00 s");
  }

  @Test
  void randomDamageNeverEscapesAsAnotherExceptionNorEndsTheProcess() throws IOException {
    Random random = new Random(5);
    for (String kind : List.of("mpeg4 mp4", "libvpx-vp9 webm", "mjpeg avi", "libopenh264 mov")) {
      String[] parts = kind.split(" ");
      Path file = root.resolve("a." + parts[1]);
      byte[] bytes = Files.readAllBytes(TestFilm.of(parts[0], 12).write(file));
      for (int trial = 0; trial < 15; trial++) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i < 1 + trial % 8; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        Files.write(file, damaged);
        try {
          for (Frame frame : frames(film(file.getFileName().toString()))) {
            assertThat(frame.image().pixels()).isNotEmpty();
          }
        } catch (InvalidInputException e) {
          assertThat(e).hasMessageContaining("a." + parts[1] + ": ");
        }
      }
    }
  }

  private static List<Frame> frames(Video video) {
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = video.reader()) {
      for (int i = 0; i < video.frameCount(); i++) {
        frames.add(reader.read(i));
      }
    }
    return frames;
  }
}
