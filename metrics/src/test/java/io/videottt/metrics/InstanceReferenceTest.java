package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceReferenceTest {

  @Test
  void imagesAndProtocolsEqualTheReference() {
    JsonNode expected = MetricCases.expected().get("instance");
    Path folder = MetricCases.root().resolve("instance");
    JsonNode truth = MetricCases.json(folder.resolve("gt.json"));
    JsonNode prediction = MetricCases.json(folder.resolve("pred.json"));
    Map<Integer, Integer> classOfCategory = new HashMap<>();
    truth
        .get("categories")
        .forEach(node -> classOfCategory.put(node.get("id").asInt(), classOfCategory.size()));
    InstanceCounts pooled = new InstanceCounts(classOfCategory.size());
    List<Double> defined = new ArrayList<>();
    for (JsonNode image : truth.get("images")) {
      String name = image.get("file_name").asText().replace(".png", "");
      List<InstanceTruth> objects = new ArrayList<>();
      for (JsonNode node : of(image, truth.get("annotations"))) {
        objects.add(
            new InstanceTruth(
                classOfCategory.get(node.get("category_id").asInt()),
                mask(image, node.get("segmentation")),
                node.get("area").asDouble(),
                node.get("iscrowd").asInt() == 1));
      }
      List<InstanceDetection> detections = new ArrayList<>();
      for (JsonNode node : of(image, prediction)) {
        detections.add(
            new InstanceDetection(
                classOfCategory.get(node.get("category_id").asInt()),
                mask(image, node.get("segmentation")),
                node.get("score").asDouble()));
      }
      InstanceCounts frame = new InstanceCounts(classOfCategory.size());
      frame.add(name, objects, detections);
      assertValues(name, frame, expected.get("per_frame").get(name));
      frame.averagePrecision(AreaRange.ALL).ifPresent(defined::add);
      pooled.add(frame);
    }
    assertValues("pooled", pooled, expected.get("pooled"));
    assertThat(defined.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isCloseTo(expected.get("frame_mean").asDouble(), within(MetricCases.TOLERANCE));
  }

  private static void assertValues(String name, InstanceCounts counts, JsonNode expected) {
    assertValue(name + " AP", counts.averagePrecision(AreaRange.ALL), expected.get("AP"));
    assertValue(name + " AP50", counts.averagePrecisionAt(0), expected.get("AP50"));
    assertValue(name + " AP75", counts.averagePrecisionAt(5), expected.get("AP75"));
    assertValue(name + " S", counts.averagePrecision(AreaRange.SMALL), expected.get("AP_small"));
    assertValue(name + " M", counts.averagePrecision(AreaRange.MEDIUM), expected.get("AP_medium"));
    assertValue(name + " L", counts.averagePrecision(AreaRange.LARGE), expected.get("AP_large"));
  }

  private static void assertValue(String name, Optional<Double> value, JsonNode expected) {
    assertThat(value.isPresent()).as(name).isEqualTo(!expected.isNull());
    value.ifPresent(
        number ->
            assertThat(number)
                .as(name)
                .isCloseTo(expected.asDouble(), within(MetricCases.TOLERANCE)));
  }

  private static List<JsonNode> of(JsonNode image, JsonNode annotations) {
    List<JsonNode> own = new ArrayList<>();
    for (JsonNode node : annotations) {
      if (node.get("image_id").asInt() == image.get("id").asInt()) {
        own.add(node);
      }
    }
    return own;
  }

  private static RunLengthMask mask(JsonNode image, JsonNode segmentation) {
    int height = image.get("height").asInt();
    int width = image.get("width").asInt();
    if (segmentation.isArray()) {
      List<double[]> polygons = new ArrayList<>();
      segmentation.forEach(polygon -> polygons.add(numbers(polygon)));
      return PolygonMask.of(height, width, polygons);
    }
    if (segmentation.get("counts").isArray()) {
      int[] counts =
          Arrays.stream(numbers(segmentation.get("counts"))).mapToInt(v -> (int) v).toArray();
      return new RunLengthMask(height, width, counts);
    }
    return RunLengthMask.parse(height, width, segmentation.get("counts").asText());
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }
}
