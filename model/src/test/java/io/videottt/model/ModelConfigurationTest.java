package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.model.mask2former.Mask2FormerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigurationTest {

  @Test
  void fillsInThePublishedDefaults() {
    Mask2FormerConfiguration configuration =
        (Mask2FormerConfiguration)
            ModelConfiguration.parse(
                """
                {"model_type": "mask2former", "id2label": {"0": "a", "1": "b", "2": "c"}}""",
                "config.json");
    assertThat(configuration.classCount()).isEqualTo(3);
    assertThat(configuration.decoderLayers()).isEqualTo(9);
    assertThat(configuration.queries()).isEqualTo(100);
    assertThat(configuration.backbone().depths()).containsExactly(2, 2, 18, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "'not json', 'is not JSON (line 1, column '",
    "'{\"a\": 1, \"a\": 2}', 'Duplicate field'",
    "'{\"a\": 1} {}', 'is not JSON'",
    "'{\"model_type\": \"\\u001b[2J\\n\"}', 'u001b[2J'",
    "'[]', 'no JSON object'",
    "'{}', 'model_type is'",
    "'{\"model_type\": \"detr\"}', 'detr'",
    "'{\"model_type\": \"mask2former\", \"num_queries\": 0}', 'num_queries'",
    "'{\"model_type\": \"mask2former\", \"num_queries\": 1e9}', 'num_queries'",
    "'{\"model_type\": \"mask2former\", \"num_queries\": \"many\"}', 'num_queries'",
    "'{\"model_type\": \"mask2former\", \"feature_size\": 2000000000}', 'feature_size'",
    "'{\"model_type\": \"mask2former\", \"feature_size\": 100}', 'multiple of 32'",
    "'{\"model_type\": \"mask2former\", \"hidden_dim\": 128}', 'hidden_dim'",
    "'{\"model_type\": \"mask2former\", \"backbone_config\": 3}', 'backbone_config'",
    "'{\"model_type\": \"mask2former\", \"backbone_config\": {\"depths\": [2]}}', 'depths'",
    "'{\"model_type\": \"mask2former\", \"backbone_config\": {\"window_size\": -7}}',"
        + " 'window_size'",
    "'{\"model_type\": \"mask2former\", \"backbone_config\": {\"num_heads\": [5,6,12,24]}}',"
        + " 'heads'",
    "'{\"model_type\": \"mask2former\", \"backbone_config\": {\"model_type\": \"resnet\"}}',"
        + " 'resnet'"
  })
  void refusesWhatIsImpossible(String json, String reason) {
    assertThatThrownBy(() -> ModelConfiguration.parse(json, "folder/config.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("folder/config.json")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesDepthAndHugeNumbersInOneLine() {
    for (String json :
        new String[] {
          "[".repeat(1_000_000),
          "{\"a\":".repeat(200_000),
          "{\"num_queries\": " + "9".repeat(1_000_000) + "}",
          "{\"num_queries\": 1e" + "9".repeat(1_000_000) + "}"
        }) {
      assertThatThrownBy(() -> ModelConfiguration.parse(json, "folder/config.json"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("folder/config.json is not JSON (line 1, column ")
          .hasMessageContaining("nested more than 32 deep, or a number of more than 100 digits");
    }
  }
}
