package io.videottt.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectronPaddingTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, 32})
  void aConvertedModelPadsAsItsConfigurationSays(int divisor) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.yaml"),
            "MODEL: {MASK_FORMER: {SIZE_DIVISIBILITY: %d}}\n".formatted(divisor));
    assertThat(DetectronConfiguration.read(file).json().get("size_divisibility").asInt())
        .isEqualTo(divisor);
  }
}
