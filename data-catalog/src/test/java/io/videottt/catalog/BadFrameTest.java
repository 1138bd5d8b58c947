package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CamVid video of six frames, of which one is spoilt in every possible way. */
class BadFrameTest {

  private static final int WIDTH = 10;
  private static final int HEIGHT = 6;
  private static final int FRAMES = 6;

  @TempDir private Path root;

  @BeforeEach
  void writeVideo() {
    for (int i = 0; i < FRAMES; i++) {
      TestImages.writeColour(image(i), WIDTH, HEIGHT);
      TestImages.writeGray(labels(i), WIDTH, HEIGHT, (x, y) -> x);
    }
  }

  @Test
  void aCutOffImageIsNamed() throws IOException {
    cut(image(2));
    assertRefused(2, "frame2.jpg: the image is cut off");
  }

  @Test
  void aCutOffLabelFileIsNamed() throws IOException {
    cut(labels(2));
    assertRefused(2, "frame2.png: the image is cut off");
  }

  @Test
  void aMissingLabelFileIsNamed() throws IOException {
    Files.delete(labels(3));
    assertThat(video().annotated(3)).isTrue();
    assertRefused(3, "frame3.png: the file is missing");
  }

  @Test
  void anImageThatVanishesAfterListingIsNamed() throws IOException {
    Video video = video();
    Files.delete(image(1));
    assertThatThrownBy(() -> video.read(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("frame1.jpg: the file is missing");
  }

  @Test
  void labelsOfAnotherSizeAreNamedWithBothSizes() {
    TestImages.writeGray(labels(4), WIDTH + 1, HEIGHT, (x, y) -> 0);
    assertRefused(4, "frame4.png: the labels are 11 x 6, the image");
    assertRefused(4, "is 10 x 6");
  }

  @Test
  void anUnknownLabelIsNamedWithItsPlace() {
    TestImages.writeGray(labels(5), WIDTH, HEIGHT, (x, y) -> x == 7 && y == 2 ? 42 : 0);
    assertRefused(5, "frame5.png: label id 42 at row 2, column 7 is none of the 11 classes");
  }

  @Test
  void anEmptyFileIsNamed() {
    TestImages.write(image(0), new byte[0]);
    assertRefused(0, "frame0.jpg: not a PNG or JPEG image");
  }

  @Test
  void aStreamDeliversWhatComesBeforeAndThenTheFailure() throws IOException {
    cut(image(3));
    try (FrameStream stream = video().stream()) {
      for (int i = 0; i < 3; i++) {
        assertThat(stream.next().index()).isEqualTo(i);
        assertThat(stream.loadSeconds()).isPositive();
        assertThat(stream.waitSeconds()).isNotNegative();
      }
      assertThat(stream.hasNext()).isTrue();
      assertThatThrownBy(stream::next)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("frame3.jpg");
      assertThat(stream.hasNext()).isFalse();
    }
  }

  @Test
  void theCheckCollectsEverythingThatIsWrong() throws IOException {
    cut(image(0));
    Files.delete(labels(1));
    TestImages.writeGray(labels(2), WIDTH + 1, HEIGHT, (x, y) -> 0);
    TestImages.writeGray(labels(3), WIDTH, HEIGHT, (x, y) -> 42);
    cut(labels(4));
    CatalogCheck check = dataSet().check(List.of("test"));
    assertThat(check.clean()).isFalse();
    CatalogCheck.Split split = check.splits().get(0);
    assertThat(split.videos()).isEqualTo(1);
    assertThat(split.frames()).isEqualTo(FRAMES);
    assertThat(split.annotatedFrames()).isEqualTo(3);
    assertThat(split.pixels()[1]).isEqualTo(2 * HEIGHT);
    assertThat(split.problems().get(FileProblem.Kind.UNREADABLE).count()).isEqualTo(2);
    assertThat(split.problems().get(FileProblem.Kind.MISSING).examples())
        .singleElement()
        .asString()
        .contains("frame1.png");
    assertThat(split.problems().get(FileProblem.Kind.WRONG_SIZE).count()).isEqualTo(1);
    assertThat(split.problems().get(FileProblem.Kind.UNKNOWN_LABEL).count()).isEqualTo(1);
  }

  @Test
  void theCheckShowsTenProblemsOfAKindAndCountsAll() throws IOException {
    for (int i = FRAMES; i < 40; i++) {
      TestImages.writeColour(image(i), WIDTH, HEIGHT);
    }
    Tally.Found missing =
        dataSet().check(List.of("test")).splits().get(0).problems().get(FileProblem.Kind.MISSING);
    assertThat(missing.count()).isEqualTo(34);
    assertThat(missing.examples()).hasSize(10);
  }

  @Test
  void theCheckOfAnIntactVideoIsClean() {
    CatalogCheck check = dataSet().check(List.of("test"));
    assertThat(check.clean()).isTrue();
    assertThat(check.splits().get(0).pixels())
        .containsExactly(36, 36, 36, 36, 36, 36, 36, 36, 36, 36, 0);
  }

  @Test
  void theCheckReportsMissingVideosAndListsAsProblems() {
    CatalogCheck check = dataSet().check(List.of("test", "train"));
    assertThat(check.splits().get(0).problems()).isEmpty();
    assertThat(check.splits().get(1).problems().get(FileProblem.Kind.MISSING).count()).isEqualTo(3);
    assertThatThrownBy(() -> dataSet().check(List.of("nothing")))
        .hasMessageContaining("no split \"nothing\"");
  }

  private void assertRefused(int index, String message) {
    assertThatThrownBy(() -> video().read(index))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private DataSet dataSet() {
    return Catalog.builtIn().open("camvid", Optional.of(root.toString()), new Configuration());
  }

  private Video video() {
    return dataSet().video("test", "0001TP");
  }

  private Path image(int index) {
    return root.resolve("images/0001TP/frame%d.jpg".formatted(index));
  }

  private Path labels(int index) {
    return root.resolve("labels/0001TP/frame%d.png".formatted(index));
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
  }
}
