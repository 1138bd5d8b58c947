package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SemanticReferenceTest {

  private static final int CLASSES = 19;

  @Test
  void framesAndProtocolsEqualTheReference() {
    JsonNode expected = MetricCases.expected().get("semantic");
    Path folder = MetricCases.root().resolve("semantic");
    SemanticCounts pooled = new SemanticCounts(CLASSES);
    List<Double> defined = new ArrayList<>();
    for (Path truth : MetricCases.files(folder.resolve("gt"))) {
      String name = truth.getFileName().toString();
      SemanticCounts frame = new SemanticCounts(CLASSES);
      frame.add(
          MetricCases.labels(truth), MetricCases.labels(folder.resolve("pred").resolve(name)));
      pooled.add(frame);
      JsonNode value = expected.get("per_frame").get(name.replace(".png", ""));
      OptionalDouble meanIou = frame.meanIou();
      assertThat(meanIou.isPresent()).as(name).isEqualTo(!value.isNull());
      if (meanIou.isPresent()) {
        assertThat(meanIou.getAsDouble())
            .as(name)
            .isCloseTo(value.asDouble(), within(MetricCases.TOLERANCE));
        defined.add(meanIou.getAsDouble());
      }
    }
    double mean = defined.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertThat(mean)
        .isCloseTo(expected.get("frame_mean").asDouble(), within(MetricCases.TOLERANCE));
    assertThat(pooled.meanIou().orElseThrow())
        .isCloseTo(expected.get("pooled").asDouble(), within(MetricCases.TOLERANCE));
  }
}
