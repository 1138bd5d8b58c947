package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged predictions and ground truth: one line each. What spoils a single frame leaves the others
 * to be scored; what spoils the whole leaves nothing written.
 */
class EvaluateBadInputTest {

  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;
  private EvaluationFiles files;

  @BeforeEach
  void writeFiles() {
    files = new EvaluationFiles(folder);
  }

  @Test
  void theFilesAreRightAsTheyAre() {
    assertThat(files.semantic().result().at("/pooled/mIoU").asDouble()).isEqualTo(100);
    assertThat(files.panoptic().result().at("/pooled/PQ").asDouble()).isEqualTo(100);
    JsonNode instance = files.instance().result();
    assertThat(instance.at("/per_frame/a/AP").asDouble()).isCloseTo(100, within(1e-9));
    assertThat(instance.at("/per_frame/b/AP").isNull()).isTrue();
    assertThat(instance.at("/undefined_frames").asInt()).isEqualTo(1);
  }

  @Test
  void aSegmentInTheMaskOnlyIsNamed() {
    files.colour("pred-masks/b.png", 8, 6, (x, y) -> x < 4 ? 500 : y < 1 ? 9 : 70_000);
    files.panoptic().assertNamed(1, "image b", "segment 9", "the prediction");
  }

  @Test
  void aSegmentInTheListOnlyIsNamed() {
    files.colour("pred-masks/a.png", 8, 6, (x, y) -> 500);
    files.panoptic().assertNamed(1, "image a", "segment 70000", "the prediction");
  }

  @Test
  void aMaskOfAnotherSizeIsNamed() {
    files.colour("pred-masks/a.png", 7, 6, (x, y) -> x < 4 ? 500 : 70_000);
    files.panoptic().assertNamed(1, "pred-masks/a.png", "7 x 6", "image a", "8 x 6");
  }

  @Test
  void aMaskWithoutColourIsNamed() {
    files.gray("gt-masks/a.png", 8, 6, (x, y) -> 1);
    files.panoptic().assertNamed(1, "gt-masks/a.png", "1 channels");
  }

  @Test
  void aMissingMaskIsNamed() {
    files.delete("gt-masks/b.png");
    files.panoptic().assertNamed(1, "gt-masks/b.png", "missing");
  }

  @Test
  void anImageWithoutPrediction() {
    files.replace("pred-panoptic.json", "\"image_id\": 2", "\"image_id\": 1");
    files.panoptic().assertRefused("pred-panoptic.json", "image id 1", "twice");
    files.write("pred-panoptic.json", "{\"annotations\": []}");
    files.panoptic().assertFault("pred-panoptic.json", "no prediction for image a");
  }

  static Stream<Arguments> panopticDefects() {
    return Stream.of(
        Arguments.of("pred-panoptic.json", "\"category_id\": 7", "\"category_id\": 8", "segment"),
        Arguments.of("gt-panoptic.json", "\"category_id\": 7", "\"category_id\": 8", "image a"),
        Arguments.of("pred-panoptic.json", "\"image_id\": 2", "\"image_id\": 5", "image b (id 2)"),
        Arguments.of("gt-panoptic.json", "\"image_id\": 2", "\"image_id\": 5", "(id 5)"),
        Arguments.of("gt-panoptic.json", "\"id\": 2,", "\"id\": 2, \"id\": 3,", "two members id"),
        Arguments.of(
            "gt-panoptic.json", "\"images\"", "\"annotations\"", "two members annotations"),
        Arguments.of("pred-panoptic.json", "500", "16777216", "16777216"),
        Arguments.of("pred-panoptic.json", "500", "0", "id 0"),
        Arguments.of("pred-panoptic.json", "500", "70000", "segment 70000 twice"),
        Arguments.of("pred-panoptic.json", "a.png", "../a.png", "not a plain name"),
        Arguments.of("gt-panoptic.json", "\"area\": 24", "\"area\": 3", "image a"),
        Arguments.of("gt-panoptic.json", "\"id\": 2,", "\"id\": 1,", "two images have the id 1"),
        Arguments.of("gt-panoptic.json", "\"height\": 6", "\"height\": 4e15", "megapixels"),
        Arguments.of("gt-panoptic.json", "\"categories\"", "\"classes\"", "no categories"),
        Arguments.of("pred-panoptic.json", "segments_info", "segments", "no segments_info"));
  }

  @ParameterizedTest
  @MethodSource("panopticDefects")
  void aDefectOfAPanopticFileIsNamed(String file, String old, String with, String word) {
    files.replace(file, old, with);
    files.panoptic().assertFault(word);
  }

  static Stream<Arguments> instanceDefects() {
    return Stream.of(
        Arguments.of("gt-instance.json", "[6, 8]", "[8, 6]", "image a: segment 11: the run"),
        Arguments.of("pred-instance.json", "[6, 8]", "[6, 9]", "image a: segment number 1"),
        Arguments.of("pred-instance.json", "[6, 12, 30]", "[6, 12, 29]", "image a: segment"),
        Arguments.of("pred-instance.json", "[6, 12, 30]", "\"zz\"", "image a: segment number 1"),
        Arguments.of("pred-instance.json", "5, 1, 5, 4, 1, 4", "5, 1", "image b: segment number 2"),
        Arguments.of("pred-instance.json", "[[1, 1,", "[[NaN, 1,", "image b: segment number 2"),
        Arguments.of("pred-instance.json", "[[1, 1,", "[[1e300, 1,", "image b: segment number 2"),
        Arguments.of(
            "pred-instance.json",
            "0.25",
            "NaN",
            "image b: segment number 2 of the file: its score"),
        Arguments.of("pred-instance.json", "\"score\": 0.25, ", "", "its score is missing"),
        Arguments.of("pred-instance.json", "0.25", "\"high\"", "\"high\", expected a number"),
        Arguments.of("pred-instance.json", "\"image_id\": 2", "\"image_id\": 9", "image id 9"),
        Arguments.of("gt-instance.json", "\"image_id\": 1", "\"image_id\": 9", "image id 9"),
        Arguments.of("pred-instance.json", "\"category_id\": 7", "\"category_id\": 4", "image b"),
        Arguments.of("gt-instance.json", "\"category_id\": 3", "\"category_id\": 4", "image a"),
        Arguments.of("gt-instance.json", "\"area\": 12", "\"area\": -1", "image a: segment 11"),
        Arguments.of("gt-instance.json", "b.png", "b\\n.png", "file_name is \"b\\n.png\""),
        Arguments.of("gt-instance.json", "b.png", "b".repeat(5000), "at most 4096 characters"),
        Arguments.of("gt-instance.json", "}]}", "}]", "not valid JSON"),
        Arguments.of("pred-instance.json", "[{\"image_id\"", "{\"image_id\"", "list"));
  }

  @ParameterizedTest
  @MethodSource("instanceDefects")
  void aDefectOfAnInstanceFileIsNamed(String file, String old, String with, String word) {
    files.replace(file, old, with);
    files.instance().assertFault(word);
  }

  @Test
  void labelMapsThatDoNotFitAreNamedAndTheOthersAreScored() {
    files.gray("pred/b.png", 8, 6, (x, y) -> 2);
    files.semantic().assertNamed(1, "image b", "predicted id 2", "--num-classes");
    files.gray("pred/b.png", 8, 6, (x, y) -> 0);
    files.gray("gt/b.png", 8, 6, (x, y) -> 255);
    files.semantic("--ignore-label", "7").assertNamed(1, "image b", "ground-truth id 255");
    files.gray("gt/b.png", 6, 8, (x, y) -> 0);
    files.semantic().assertNamed(1, "pred/b.png", "8 x 6", "6 x 8");
    files.delete("pred/b.png");
    EvaluationCommandRun run = files.semantic();
    JsonNode result = run.assertNamed(1, "gt/b.png", "no prediction");
    assertThat(result.at("/not_scored/b").asText()).contains("no prediction");
    assertThat(result.at("/pooled/mIoU").asDouble()).isEqualTo(100);
    assertThat(run.out()).contains("Not scored and in no number: 1 of 2 frames");
    files.delete("gt/b.png");
    files.gray("pred/c.png", 8, 6, (x, y) -> 0);
    files.semantic().assertNamed(1, "pred/c.png", "no ground truth");
    files.colour("pred/a-overlay.png", 8, 6, (x, y) -> 0);
    files.delete("pred/c.png");
    assertThat(files.semantic().result().at("/frames").asInt()).isEqualTo(1);
    files.delete("pred/a.png");
    files.gray("pred/a.png", 7, 6, (x, y) -> 0);
    files.semantic().assertRefused("pred/a.png", "7 x 6");
  }

  @Test
  void aClassMayBeTheOneToIgnore() {
    files.gray("pred/a.png", 8, 6, (x, y) -> 1);
    assertThat(files.semantic("--ignore-label", "0").result().at("/pooled/mIoU").asDouble())
        .isEqualTo(100);
  }

  @Test
  void impossibleOptionsAreWrongUsage() {
    assertThat(files.semantic("--ignore-label", "256").status()).isEqualTo(2);
    assertThat(files.semantic("--threads", "-1").status()).isEqualTo(2);
    assertThat(files.semantic("--num-classes", "0").status()).isEqualTo(2);
  }

  @Test
  void aResultThatCannotBeWrittenIsRefused() throws IOException {
    Files.createDirectory(files.path("result.json"));
    EvaluationCommandRun run = files.semantic();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("is a folder"));
  }

  @Test
  void filesThatAreNoJsonAreRefused() {
    files.write("pred-instance.json", "");
    files.instance().assertRefused("pred-instance.json", "empty");
    files.write("pred-instance.json", "[".repeat(100_000));
    files.instance().assertRefused("pred-instance.json");
    for (String crossed :
        new String[] {"[}", "[{\"a\": [1}", "[{\"a\": {]", "[{\"a\": [1", "[{\"a\":"}) {
      files.write("pred-instance.json", crossed);
      EvaluationCommandRun run = files.instance();
      run.assertRefused("pred-instance.json", "not valid JSON (line 1, column ");
      assertThat(run.err()).as(crossed).doesNotContain("Source", "starting at", "start marker");
    }
    files.write("gt-instance.json", "[]");
    files.instance().assertRefused("gt-instance.json", "expected an object");
    files.delete("gt-instance.json");
    files.instance().assertRefused("gt-instance.json", "no such file");
  }

  @Test
  void twoHundredMegabytesThatSayNothingTakeNoMemory() throws IOException {
    String right = Files.readString(files.path("gt-instance.json"));
    String padding = "x".repeat(MEGABYTE);
    try (BufferedWriter out = Files.newBufferedWriter(files.path("gt-instance.json"))) {
      out.write("{\"info\": \"");
      for (int i = 0; i < 200; i++) {
        out.write(padding);
      }
      out.write("\", " + right.substring(1));
    }
    assertThat(files.instance().result().at("/frames").asInt()).isEqualTo(2);
  }

  @Test
  void anEndlessTextIsRefused() throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(files.path("pred-instance.json"))) {
      out.write("[{\"image_id\": \"");
      for (int i = 0; i < 40; i++) {
        out.write("x".repeat(MEGABYTE));
      }
    }
    files.instance().assertRefused("pred-instance.json", "not valid JSON");
  }
}
