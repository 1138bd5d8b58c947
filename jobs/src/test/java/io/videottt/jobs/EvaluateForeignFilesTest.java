package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COCO files as other tools write them, scored as the COCO tools score them. */
class EvaluateForeignFilesTest {

  private static final double DIGITS = 5e-5;

  @TempDir private Path folder;
  private EvaluationFiles files;

  @BeforeEach
  void writeFiles() {
    files = new EvaluationFiles(folder);
  }

  private EvaluationCommandRun instance(Path truth, Path predictions) {
    return EvaluationCommandRun.of(
        folder.resolve("result.json"),
        List.of(
            "instance",
            "--ground-truth",
            truth.toString(),
            "--predictions",
            predictions.toString()));
  }

  /** Case 04: ids above 2^53, which a double does not hold. */
  @Test
  void case04ImageIdsOfSixtyThreeBitsAreRead() {
    Path root = SharedCases.folder("04-image-ids-above-2^53");
    JsonNode pooled =
        instance(root.resolve("gt.json"), root.resolve("dt.json")).result().get("pooled");
    assertThat(pooled.get("AP").asDouble()).isCloseTo(84.9505, within(DIGITS));
    assertThat(pooled.get("AP50").asDouble()).isCloseTo(100, within(DIGITS));
  }

  /** Two ids that are one number as a double. */
  @Test
  void neighbouringLargeIdsAreTwoImages() {
    for (String file : List.of("gt-panoptic.json", "pred-panoptic.json")) {
      files.replace(file, "\"image_id\": 1", "\"image_id\": 9223372036854775806");
      files.replace(file, "\"image_id\": 2", "\"image_id\": 9223372036854775807");
    }
    files.replace("gt-panoptic.json", "\"id\": 1,", "\"id\": 9223372036854775806,");
    files.replace("gt-panoptic.json", "\"id\": 2,", "\"id\": 9223372036854775807,");
    assertThat(files.panoptic().result().at("/pooled/PQ").asDouble()).isEqualTo(100);
    assertThat(files.panoptic().result().at("/frames").asInt()).isEqualTo(2);
    files.replace("gt-panoptic.json", "9223372036854775807", "9223372036854775808");
    files
        .panoptic()
        .assertRefused("is 9223372036854775808, expected an integer from -2^63 to 2^63 - 1");
  }

  /** Case 10: torchmetrics writes images without names. */
  @Test
  void case10GroundTruthNeedsNoFileNames() {
    Path root = SharedCases.folder("10-ground-truth-without-file-names");
    JsonNode result = instance(root.resolve("gt.json"), root.resolve("dt.json")).result();
    JsonNode pooled = result.get("pooled");
    assertThat(pooled.get("AP").asDouble()).isCloseTo(84.9505, within(DIGITS));
    assertThat(pooled.get("AP50").asDouble()).isCloseTo(100, within(DIGITS));
    assertThat(pooled.get("AP75").asDouble()).isCloseTo(100, within(DIGITS));
    assertThat(pooled.get("AP_small").asDouble()).isCloseTo(75.1485, within(DIGITS));
    assertThat(pooled.get("AP_medium").asDouble()).isCloseTo(90, within(DIGITS));
    assertThat(result.get("per_frame").fieldNames()).toIterable().containsExactly("1", "2");
  }

  /** Case 20: what panopticapi scores. */
  @ParameterizedTest
  @CsvSource({
    "gt-segment-no-pixels, 77.04, 1 segments of the ground truth have no pixel in their mask",
    "gt-unlisted-pixels, 77.65, pixels of the ground truth are of segments that it does not list",
    "pred-extra-image, 79.00, 1 predictions are of images without ground truth: not looked at",
    "null-size, 79.00, 2 frames"
  })
  void case20PanopticTruthIsReadAsByTheReference(String name, double quality, String note) {
    Path root = SharedCases.folder("20-panoptic-stricter-than-the-reference").resolve(name);
    EvaluationCommandRun run =
        EvaluationCommandRun.of(
            folder.resolve("result.json"),
            List.of(
                "panoptic",
                "--ground-truth",
                root.resolve("g.json").toString(),
                "--ground-truth-masks",
                root.resolve("g").toString(),
                "--predictions",
                root.resolve("p.json").toString(),
                "--prediction-masks",
                root.resolve("p").toString()));
    assertThat(run.result().at("/pooled/PQ").asDouble()).isCloseTo(quality, within(0.005));
    assertThat(run.out()).contains(note);
  }

  /** The same without the cases' files. */
  @Test
  void aListThatDoesNotFitItsMaskIsScoredAndSaid() {
    files.replace(
        "gt-panoptic.json",
        "{\"id\": 70000,",
        "{\"id\": 77, \"category_id\": 7}, {\"id\": 70000, \"iscrowd\": null,");
    EvaluationCommandRun run = files.panoptic();
    // Of two segments of class 7 in each frame, one is found.
    assertThat(run.result().at("/per_class/road/PQ").asDouble()).isCloseTo(100 / 1.5, within(1e-9));
    assertThat(run.out()).contains("2 segments of the ground truth have no pixel in their mask");
  }

  @Test
  void fractionalAreasAndOtherSizesOfTheListAreRead() {
    files.replace("gt-panoptic.json", "\"area\": 24", "\"area\": 24.5");
    files.replace("gt-panoptic.json", "\"height\": 6", "\"height\": 8");
    EvaluationCommandRun run = files.panoptic();
    assertThat(run.result().at("/per_class/car/PQ").asDouble())
        .isCloseTo(100 * 24 / 24.5, within(1e-9));
    assertThat(run.out()).contains("2 images of the ground truth have another size");
  }

  @Test
  void anAnnotatedImageNeedNotBeListed() {
    files.replace(
        "gt-panoptic.json",
        ", {\"id\": 2, \"file_name\": \"b.png\", \"width\": 8, \"height\": 6}",
        "");
    JsonNode result = files.panoptic().result();
    assertThat(result.at("/frames").asInt()).isEqualTo(2);
    assertThat(result.at("/pooled/PQ").asDouble()).isEqualTo(100);
  }

  @Test
  void twoImagesOfOneNameAreToldApartByTheirIds() {
    files.replace("gt-instance.json", "b.png", "a.png");
    JsonNode frames = files.instance().result().get("per_frame");
    assertThat(frames.fieldNames()).toIterable().containsExactly("a.png (id 1)", "a.png (id 2)");
    assertThat(frames.at("/a.png (id 1)/AP").asDouble()).isCloseTo(100, within(1e-9));
  }

  @Test
  void pathsFromOtherMachinesAreReadBelowTheFolder() {
    for (String file : List.of("gt-panoptic.json", "pred-panoptic.json")) {
      files.replace(file, "\"file_name\": \"a.png\"", "\"file_name\": \"/home/x/masks/./a.png\"");
      files.replace(file, "\"file_name\": \"b.png\"", "\"file_name\": \"/home/x/masks//b.png\"");
    }
    assertThat(files.panoptic().result().at("/pooled/PQ").asDouble()).isEqualTo(100);
    String here = files.path("pred-masks").toString();
    files.replace("pred-panoptic.json", "/home/x/masks/./a.png", here + "/a.png");
    assertThat(files.panoptic().result().at("/pooled/PQ").asDouble()).isEqualTo(100);
    files.replace("pred-panoptic.json", here + "/a.png", "./a.png");
    assertThat(files.panoptic().result().at("/pooled/PQ").asDouble()).isEqualTo(100);
    files.replace("pred-panoptic.json", "./a.png", "/home/x/masks/../../etc/a.png");
    files.panoptic().assertNamed(1, "file_name \"..\" is not a plain name");
  }

  @Test
  void membersThatPythonWritesAsNoneAreMembersThatAreNotThere() {
    files.replace("gt-instance.json", "\"area\": 12", "\"area\": null");
    files.replace("gt-instance.json", "\"file_name\": \"a.png\"", "\"file_name\": null");
    assertThat(files.instance().result().at("/per_frame/1/AP").asDouble())
        .isCloseTo(100, within(1e-9));
    files.replace("gt-instance.json", "\"image_id\": 1", "\"image_id\": null");
    files.instance().assertRefused("segment 11 has no image_id");
  }

  @Test
  void categoryIdsMayBeOfAnySize() {
    for (String file : List.of("gt-instance.json", "pred-instance.json")) {
      files.replace(file, "\"category_id\": 3", "\"category_id\": 4611686018427387905");
    }
    files.replace("gt-instance.json", "{\"id\": 3,", "{\"id\": 4611686018427387905,");
    files.replace("gt-instance.json", "{\"id\": 7,", "{\"id\": 4611686018427387904,");
    files.replace(
        "pred-instance.json", "\"category_id\": 7", "\"category_id\": 4611686018427387904");
    assertThat(files.instance().result().at("/per_frame/a/AP").asDouble())
        .isCloseTo(100, within(1e-9));
  }
}
