package io.videottt.model.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.model.ModelConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturePyramidConfigurationTest {

  private static final String STANDARD = FeaturePyramidConfiguration.standard(11).toJson();

  @Test
  void readsWhatItWrites() {
    assertThat(ModelConfiguration.parse(STANDARD, "config.json"))
        .isEqualTo(FeaturePyramidConfiguration.standard(11));
    assertThat(FeaturePyramidConfiguration.standard(11).classCount()).isEqualTo(11);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"num_labels\" : 11 | \"num_labels\" : 0 | num_labels",
        "\"num_labels\" : 11 | \"num_labels\" : 255 | num_labels",
        "\"num_labels\" : 11 | \"num_labels\" : 1.5 | num_labels",
        "\"num_labels\" : 11 | \"num_labels\" : \"many\" | num_labels",
        "\"num_labels\" : 11 | \"num_labels\" : 99999999999 | num_labels",
        "[ 2, 2, 3, 1 ] | [ 2, 2, 3, 99999999999 ] | encoder.depths",
        "[ 2, 2, 3, 1 ] | 7 | encoder.depths",
        "\"num_labels\" : 11 | \"num_label\" : 11 | unknown key 'num_label'",
        "\"num_labels\" : 11, | | key 'num_labels' is missing",
        "\"stem_channels\" | \"channel\" | unknown key 'encoder.channel'",
        "[ 2, 2, 3, 1 ] | [ 2, 2, 3, null ] | encoder",
        "\"depths\" : [ 2, 2, 3, 1 ] | \"depths\" : [ 2, 2, 3 ] | encoder.depths",
        "\"depths\" : [ 2, 2, 3, 1 ] | \"depths\" : null | depths",
        "\"depths\" : [ 2, 2, 3, 1 ] | \"depths\" : [ 2, 2, 3, 1000 ] | encoder.depths",
        "\"num_heads\" : [ 0, 0, 4, 6 ] | \"num_heads\" : [ 0, 0, 4, 7 ] | encoder.num_heads",
        "\"num_heads\" : [ 0, 0, 4, 6 ] | \"num_heads\" : [ 1, 0, 4, 6 ] | encoder.num_heads",
        "[ 0, 0, 10, 5 ] | [ 0, 0, 1, 5 ] | encoder.window_sizes",
        "\"mlp_ratio\" : 4.0 | \"mlp_ratio\" : -1 | encoder.mlp_ratio",
        "\"groups\" : 8 | \"groups\" : 7 | pyramid.groups",
        "\"class_weights\" : [ ] | \"class_weights\" : [ 1 ] | loss.class_weights",
        "\"swin\", \"swin\" | \"swin\", \"dense\" | blocks",
        "\"full\" | \"FULL\" | resolution",
      })
  void refusesWhatCannotBeAndNamesTheKey(String present, String replacement, String named) {
    String json = STANDARD.replace(present, replacement == null ? "" : replacement);
    assertThat(json).isNotEqualTo(STANDARD);

    assertThatThrownBy(() -> ModelConfiguration.parse(json, "folder/config.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("folder/config.json")
        .hasMessageContaining(named)
        .satisfies(error -> assertThat(error.getMessage().lines().count()).isLessThanOrEqualTo(2));
  }
}
