package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ours: image-standardised target",
        "window-4 | window-4, ours: image-standardised target",
        "'image-standardised' | image-standardised, ours",
        "'learningRate=1e-4, reconstructionTarget=image-standardised' |"
            + " learningRate=1e-4, reconstructionTarget=image-standardised, ours"
      })
  void theNameTellsTheTargetAndThatItIsOursOnce(String variant, String marked) {
    assertThat(OwnSettings.marked(variant, "image-standardised")).isEqualTo(marked);
    assertThat(OwnSettings.marked(marked, "image-standardised")).isEqualTo(marked);
    assertThat(OwnSettings.unmarked(marked)).isEqualTo(variant);
    assertThat(OwnSettings.isOf(marked, "image-standardised")).isTrue();
    assertThat(OwnSettings.isOf(marked, "patch-standardised")).isFalse();
    assertThat(OwnSettings.isOf(marked, "pixels")).isFalse();
    assertThat(OwnSettings.isOf("window-4", "pixels")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"window-4", "hours", "ours and theirs", "colours: no target"})
  void otherNamesStayAsTheyAre(String variant) {
    assertThat(OwnSettings.unmarked(variant)).isEqualTo(variant);
  }
}
