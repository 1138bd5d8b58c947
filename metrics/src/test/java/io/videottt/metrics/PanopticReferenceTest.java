package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PanopticReferenceTest {

  private final Map<Integer, Integer> classOfCategory = new HashMap<>();
  private final List<Boolean> things = new ArrayList<>();

  @Test
  void framesAndProtocolsEqualTheReference() {
    JsonNode expected = MetricCases.expected().get("panoptic");
    Path folder = MetricCases.root().resolve("panoptic");
    JsonNode truth = MetricCases.json(folder.resolve("gt.json"));
    JsonNode prediction = MetricCases.json(folder.resolve("pred.json"));
    for (JsonNode category : truth.get("categories")) {
      classOfCategory.put(category.get("id").asInt(), things.size());
      things.add(category.get("isthing").asInt() == 1);
    }
    Map<Integer, JsonNode> predicted = new HashMap<>();
    prediction
        .get("annotations")
        .forEach(node -> predicted.put(node.get("image_id").asInt(), node));
    PanopticCounts pooled = new PanopticCounts(things.size());
    List<Double> defined = new ArrayList<>();
    for (JsonNode annotation : truth.get("annotations")) {
      String file = annotation.get("file_name").asText();
      PanopticCounts frame = new PanopticCounts(things.size());
      frame.add(
          file,
          map(folder.resolve("gt").resolve(file), annotation),
          map(
              folder.resolve("pred").resolve(file),
              predicted.get(annotation.get("image_id").asInt())));
      pooled.add(frame);
      assertQuality(file, frame, expected.get("per_frame").get(file.replace(".png", "")));
      frame.quality().ifPresent(quality -> defined.add(quality.pq()));
    }
    assertQuality("pooled", pooled, expected.get("pooled"));
    assertThat(defined.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isCloseTo(expected.get("frame_mean").asDouble(), within(MetricCases.TOLERANCE));
  }

  private void assertQuality(String name, PanopticCounts counts, JsonNode expected) {
    assertQuality(name, counts.quality(), expected, "");
    assertQuality(name, counts.quality(things::get), expected, "_things");
    assertQuality(name, counts.quality(classId -> !things.get(classId)), expected, "_stuff");
  }

  private static void assertQuality(
      String name, Optional<PanopticQuality> quality, JsonNode expected, String suffix) {
    JsonNode pq = expected.get("PQ" + suffix);
    assertThat(quality.isPresent()).as(name + suffix).isEqualTo(!pq.isNull());
    if (quality.isPresent()) {
      assertValue(name, quality.get().pq(), pq);
      assertValue(name, quality.get().sq(), expected.get("SQ" + suffix));
      assertValue(name, quality.get().rq(), expected.get("RQ" + suffix));
    }
  }

  private static void assertValue(String name, double value, JsonNode expected) {
    assertThat(value).as(name).isCloseTo(expected.asDouble(), within(MetricCases.TOLERANCE));
  }

  private PanopticMap map(Path file, JsonNode annotation) {
    BufferedImage image = MetricCases.image(file);
    int[] ids = new int[image.getWidth() * image.getHeight()];
    for (int i = 0; i < ids.length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      ids[i] = (rgb >> 16 & 0xff) + (rgb & 0xff00) + ((rgb & 0xff) << 16);
    }
    List<PanopticSegment> segments = new ArrayList<>();
    for (JsonNode node : annotation.get("segments_info")) {
      segments.add(
          new PanopticSegment(
              node.get("id").asInt(),
              classOfCategory.get(node.get("category_id").asInt()),
              node.path("iscrowd").asInt() == 1,
              node.path("area").asLong()));
    }
    return new PanopticMap(image.getHeight(), image.getWidth(), ids, segments);
  }
}
