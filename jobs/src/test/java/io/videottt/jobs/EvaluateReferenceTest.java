package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every number of the reference tools, through the command. */
class EvaluateReferenceTest {

  private static final double TOLERANCE = 1e-6;
  private static final Path SHARED = Path.of("../../shared").toAbsolutePath().normalize();
  private static final Path CASES =
      Path.of(
              System.getenv()
                  .getOrDefault(
                      "VIDEOTTT_METRIC_CASES", SHARED.resolve("fixtures/metric-cases").toString()))
          .toAbsolutePath();

  @TempDir private Path folder;

  private static List<String> arguments(String task) {
    assumeTrue(Files.isDirectory(CASES), "no metric cases at " + CASES);
    Path root = CASES.resolve(task);
    return switch (task) {
      case "semantic" -> semantic(root);
      case "panoptic" ->
          panoptic(
              root.resolve("gt.json"),
              root.resolve("gt"),
              root.resolve("pred.json"),
              root.resolve("pred"));
      default -> instance(root.resolve("gt.json"), root.resolve("pred.json"));
    };
  }

  private static List<String> semantic(Path root) {
    return List.of(
        "semantic",
        "--ground-truth",
        root.resolve("gt").toString(),
        "--predictions",
        root.resolve("pred").toString(),
        "--num-classes",
        "19");
  }

  private static List<String> panoptic(Path truth, Path masks, Path found, Path foundMasks) {
    return List.of(
        "panoptic",
        "--ground-truth",
        truth.toString(),
        "--ground-truth-masks",
        masks.toString(),
        "--predictions",
        found.toString(),
        "--prediction-masks",
        foundMasks.toString());
  }

  private static List<String> instance(Path truth, Path found) {
    return List.of(
        "instance", "--ground-truth", truth.toString(), "--predictions", found.toString());
  }

  private static JsonNode expected(String task) throws IOException {
    return new ObjectMapper().readTree(CASES.resolve("expected.json").toFile()).get(task);
  }

  private EvaluationCommandRun run(List<String> arguments) {
    return EvaluationCommandRun.of(folder.resolve("result.json"), arguments);
  }

  @Test
  void semanticEqualsTheReference() throws IOException {
    assertEqual("semantic", "mIoU");
  }

  @Test
  void panopticEqualsTheReference() throws IOException {
    assertEqual("panoptic", "PQ");
  }

  @Test
  void instanceEqualsTheReference() throws IOException {
    assertEqual("instance", "AP");
  }

  private void assertEqual(String task, String mainMetric) throws IOException {
    JsonNode result = run(arguments(task)).result();
    JsonNode expected = expected(task);

    assertThat(result.get("task").asText()).isEqualTo(task);
    assertThat(result.get("frames").asInt()).isEqualTo(expected.get("per_frame").size());
    assertValue("frame mean", result.get("frame_mean").get(mainMetric), expected.get("frame_mean"));
    assertValues("pooled", mainMetric, result.get("pooled"), expected.get("pooled"));
    int undefined = 0;
    for (Map.Entry<String, JsonNode> frame : expected.get("per_frame").properties()) {
      JsonNode values = result.get("per_frame").get(frame.getKey());
      assertValues(frame.getKey(), mainMetric, values, frame.getValue());
      undefined += values.get(mainMetric).isNull() ? 1 : 0;
    }
    assertThat(result.get("per_frame").size()).isEqualTo(expected.get("per_frame").size());
    assertThat(result.get("undefined_frames").asInt()).isEqualTo(undefined);
  }

  private static void assertValues(
      String what, String mainMetric, JsonNode values, JsonNode expected) {
    if (!expected.isObject()) {
      assertValue(what, values.get(mainMetric), expected);
      return;
    }
    expected
        .properties()
        .forEach(
            entry ->
                assertValue(
                    what + " " + entry.getKey(), values.get(entry.getKey()), entry.getValue()));
    assertThat(values.size()).isEqualTo(expected.size());
  }

  private static void assertValue(String what, JsonNode value, JsonNode expected) {
    assertThat(value.isNull()).as(what).isEqualTo(expected.isNull());
    if (!expected.isNull()) {
      assertThat(value.asDouble()).as(what).isCloseTo(expected.asDouble(), within(TOLERANCE));
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    for (String task : List.of("semantic", "panoptic", "instance")) {
      List<String> texts = new ArrayList<>();
      for (String threads : List.of("1", "5")) {
        List<String> arguments = new ArrayList<>(arguments(task));
        arguments.addAll(List.of("--threads", threads));
        texts.add(Files.readString(run(arguments).json()));
      }
      assertThat(texts.get(0)).isEqualTo(texts.get(1));
    }
  }

  @Test
  void theCocoSampleScoredAgainstItselfIsPerfect() {
    Path sample = SHARED.resolve("data/coco-panoptic-sample/sample_data");
    assumeTrue(Files.isDirectory(sample), "no COCO sample at " + sample);
    Path json = sample.resolve("panoptic_examples.json");
    Path masks = sample.resolve("panoptic_examples");
    JsonNode result = run(panoptic(json, masks, json, masks)).result();

    assertThat(result.get("frames").asInt()).isEqualTo(2);
    for (String place : List.of("frame_mean", "pooled")) {
      result.get(place).forEach(value -> assertThat(value.asDouble()).isEqualTo(100));
    }
    assertThat(result.get("per_frame").fieldNames())
        .toIterable()
        .containsExactly("000000142238", "000000439180");
  }

  @Test
  void theCocoSamplesInstancesScoredAgainstThemselvesArePerfect() throws IOException {
    Path truth =
        SHARED.resolve("data/coco-panoptic-sample/sample_data/panoptic_coco_detection_format.json");
    assumeTrue(Files.isRegularFile(truth), "no COCO sample at " + truth);
    ObjectMapper mapper = new ObjectMapper();
    var results = mapper.createArrayNode();
    for (JsonNode annotation : mapper.readTree(truth.toFile()).get("annotations")) {
      var result = mapper.createObjectNode().put("score", 0.5);
      for (String key : List.of("image_id", "category_id", "segmentation")) {
        result.set(key, annotation.get(key));
      }
      results.add(result);
    }
    Path found = folder.resolve("found.json");
    mapper.writeValue(found.toFile(), results);

    JsonNode result = run(instance(truth, found)).result();
    for (String metric : List.of("AP", "AP50", "AP75")) {
      assertThat(result.get("pooled").get(metric).asDouble()).isCloseTo(100, within(TOLERANCE));
    }
  }
}
