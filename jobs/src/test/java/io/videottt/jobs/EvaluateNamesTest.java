package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are frames, what they are called, and which of them belong together. */
class EvaluateNamesTest {

  private static final double HUNDREDTH = 0.005;

  @TempDir private Path folder;
  private EvaluationFiles files;

  @BeforeEach
  void writeFiles() {
    files = new EvaluationFiles(folder);
  }

  /** The command of a case that other tools give the right value of. */
  private JsonNode scored(String name) {
    Path root = SharedCases.folder(name);
    return EvaluationCommandRun.of(
            folder.resolve("result.json"),
            List.of(
                "semantic",
                "--ground-truth",
                root.resolve("truth").toString(),
                "--predictions",
                root.resolve("predictions").toString(),
                "--num-classes",
                "3"))
        .result();
  }

  private static void assertValues(JsonNode result, double frameMean, double pooled) {
    assertThat(result.at("/frame_mean/mIoU").asDouble()).isCloseTo(frameMean, within(HUNDREDTH));
    assertThat(result.at("/pooled/mIoU").asDouble()).isCloseTo(pooled, within(HUNDREDTH));
  }

  @Test
  void aFolderInPlaceOfAListOfFramesIsToldAsOne() throws IOException {
    Path list = Files.createDirectory(folder.resolve("list"));

    files
        .semantic("--frames", list.toString())
        .assertRefused("the frame list cannot be read (it is a folder, not a file: ");
  }

  @Test
  void case03FramesWhoseNamesDifferInTheCaseOfTheExtensionAreTwo() {
    JsonNode result = scored("03-frame-mean-loses-a-frame");
    assertThat(result.get("frames").asInt()).isEqualTo(2);
    assertValues(result, 54.76, 49.47);
  }

  @Test
  void case06AColonInAFileNameIsACharacterLikeAnyOther() {
    JsonNode result = scored("06-colon-in-file-names");
    assertThat(result.get("frames").asInt()).isEqualTo(2);
    assertValues(result, 66.14, 66.19);
  }

  @Test
  void case19PixelsThatArePredictedAsVoidAreMisses() {
    assertThat(scored("19-predicted-void").at("/pooled/mIoU").asDouble())
        .isCloseTo(80.90, within(HUNDREDTH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.PNG", "A.png", "a.Png", "a.png.png", " a.png"})
  void namesThatDifferALittleAreTwoFrames(String other) {
    files.gray("gt/" + other, 8, 6, (x, y) -> x / 4);
    files.gray("pred/" + other, 8, 6, (x, y) -> 0);
    JsonNode result = files.semantic().result();
    assertThat(result.get("frames").asInt()).isEqualTo(3);
    assertThat(result.get("per_frame").size()).isEqualTo(3);
    // Of the frame that is predicted as one class, IoU 50 % and 0 %.
    assertThat(result.at("/frame_mean/mIoU").asDouble())
        .isCloseTo((100 + 100 + 25) / 3.0, within(1e-9));
  }

  @Test
  void onlyFramesThatShareANameAreCalledByTheWholeOne() {
    files.gray("gt/a.PNG", 8, 6, (x, y) -> x / 4);
    files.gray("pred/a.PNG", 8, 6, (x, y) -> x / 4);
    assertThat(files.semantic().result().get("per_frame").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("a.png", "a.PNG", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-05-01T12:30:01.png",
        ":.png",
        "s3a:x.png",
        "50%.png",
        "%41.png",
        "a#b?c.png",
        "a b .png",
        "'\"`$x.png",
        "back\\slash.png",
        "line\nbreak.png",
        "caf\u00e9.png",
        "cafe\u0301.png",
        "\u65e5\u672c.png",
        "-rf.png",
        "--help.png",
        "*[ab]{c,d}.png",
        "x=y.png",
        "~.png",
        "a..png",
        "|;&.png"
      })
  void aNameOfAnyCharactersIsAFrame(String name) {
    files.gray("gt/" + name, 8, 6, (x, y) -> x / 4);
    files.gray("pred/" + name, 8, 6, (x, y) -> x / 4);
    files.gray("gt/v:1/" + name, 8, 6, (x, y) -> x / 4);
    files.gray("pred/v:1/" + name, 8, 6, (x, y) -> 0);
    JsonNode result = files.semantic().result();
    assertThat(result.get("frames").asInt()).isEqualTo(4);
    assertThat(result.at("/frame_mean/mIoU").asDouble()).isCloseTo(325 / 4.0, within(1e-9));
  }

  @Test
  void theLongestNameThatADiskTakesIsAFrame() {
    String name = "n".repeat(251) + ".png";
    files.gray("gt/" + name, 8, 6, (x, y) -> x / 4);
    files.gray("pred/" + name, 8, 6, (x, y) -> x / 4);
    assertThat(files.semantic().result().get("frames").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {".DS_Store", "._a.png", ".hidden.png", "Thumbs.db", "desktop.ini"})
  void whatSystemsLeaveInFoldersIsNoData(String name) throws IOException {
    for (String side : List.of("gt", "pred")) {
      Files.writeString(files.path(side + "/" + name), "not a picture");
      Path thumbnails = Files.createDirectories(files.path(side + "/@eaDir"));
      Files.writeString(thumbnails.resolve("a.png"), "not a picture");
    }
    EvaluationCommandRun run = files.semantic();
    assertThat(run.result().get("frames").asInt()).isEqualTo(2);
    assertThat(run.out()).doesNotContain("not read");
  }

  @Test
  void otherFilesAreCounted() throws IOException {
    Files.writeString(files.path("gt/a.json"), "{}");
    Files.writeString(files.path("gt/readme.txt"), "");
    assertThat(files.semantic().out())
        .contains("2 file(s) in " + files.path("gt") + " are no label maps and were not read");
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    Files.createSymbolicLink(files.path("gt/c.png"), Path.of("gone.png"));
    files.gray("pred/c.png", 8, 6, (x, y) -> 0);
    files.semantic().assertNamed(2, "gt/c.png", "missing");
  }

  @Test
  void foldersOfVideosAreRead() {
    List<String> frames = new ArrayList<>();
    for (String frame : List.of("night/10.png", "night/9.png", "day/9.png")) {
      files.gray("gt/" + frame, 8, 6, (x, y) -> x / 4);
      files.gray("pred/" + frame, 8, 6, (x, y) -> frame.startsWith("day") ? 0 : x / 4);
    }
    files.semantic().result().get("per_frame").fieldNames().forEachRemaining(frames::add);
    assertThat(frames).containsExactly("a", "b", "day/9", "night/9", "night/10");
    files.delete("pred/night/9.png");
    files.semantic().assertNamed(4, "gt/night/9.png", "no prediction");
  }

  @Test
  void aListChoosesFramesOfEveryTask() {
    files.write("list.txt", "\ufeffb\r\n\n");
    List<String> list = List.of("--frames", files.path("list.txt").toString());
    String[] options = list.toArray(String[]::new);
    for (EvaluationCommandRun run :
        List.of(files.semantic(options), files.panoptic(options), files.instance(options))) {
      assertThat(run.result().get("per_frame").fieldNames()).toIterable().containsExactly("b");
    }
  }

  @Test
  void aLineThatNamesNoFrameOrTwoIsNamed() {
    String[] options = {"--frames", files.path("list.txt").toString()};
    files.write("list.txt", "a.png\nz\nb\n");
    files.semantic(options).assertNamed(2, "list.txt, line 2", "\"z\"", "no frame");
    files.gray("gt/a.PNG", 8, 6, (x, y) -> x / 4);
    files.gray("pred/a.PNG", 8, 6, (x, y) -> x / 4);
    files.write("list.txt", "a\nb\n");
    files.semantic(options).assertNamed(1, "list.txt, line 1", "2 frames", "extension");
    files.write("list.txt", "z\n");
    EvaluationCommandRun run = files.semantic(options);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(2);
    files.write("list.txt", "\n");
    files.semantic(options).assertRefused("list.txt", "names no frame");
  }

  @Test
  void everyClassHasItsValue() {
    files.gray("pred/b.png", 8, 6, (x, y) -> 0);
    EvaluationCommandRun run = files.semantic();
    JsonNode classes = run.result().get("per_class");
    assertThat(classes.at("/0/IoU").asDouble()).isCloseTo(100 * 48 / 72.0, within(1e-9));
    assertThat(classes.at("/1/IoU").asDouble()).isCloseTo(50, within(1e-9));
    assertThat(run.out()).contains("by class", "66.67", "50.00");
    assertThat(files.panoptic().result().at("/per_class/car/PQ").asDouble()).isEqualTo(100);
    assertThat(files.instance().result().at("/per_class/car/AP").asDouble())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void classesMayHaveTheNamesOfADataSet() {
    EvaluationCommandRun run =
        EvaluationCommandRun.of(
            files.path("result.json"),
            List.of(
                "semantic",
                "--ground-truth",
                files.path("gt").toString(),
                "--predictions",
                files.path("pred").toString(),
                "--classes",
                "embedded"));
    assertThat(run.result().get("per_class").has("road")).isTrue();
    assertThat(files.semantic("--classes", "embedded").status()).isEqualTo(2);
  }

  @Test
  void voidPredictionsAreMissesUnderTheirOwnLabelToo() {
    files.gray("gt/a.png", 8, 6, (x, y) -> y == 0 ? 9 : x / 4);
    files.gray("pred/a.png", 8, 6, (x, y) -> x == 0 ? 9 : x / 4);
    EvaluationCommandRun run = files.semantic("--ignore-label", "9");
    assertThat(run.result().at("/per_frame/a/mIoU").asDouble())
        .isCloseTo((75 + 100) / 2.0, within(1e-9));
    assertThat(run.out()).contains("5 of 88 pixels have no predicted class (void)");
  }
}
