package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumedCostsTest {

  @ParameterizedTest
  @CsvSource({
    "mae-joint-training, 1",
    "ln-adapt, 2",
    "online-ttt-mae, 13",
    "tent, 13",
    "tent-class-balance, 15",
    "self-train, 17",
    "self-train-class-balance, 19",
  })
  void aMethodCostsItsPassesThroughTheNetwork(String method, double predictionsPerFrame) {
    AdaptationSettings settings = AdaptationSettings.small().with(Map.of("batchSize", 4), "test");
    assertThat(Methods.parse(method, "test").predictions(settings, 10))
        .isEqualTo(10 * predictionsPerFrame);
  }
}
