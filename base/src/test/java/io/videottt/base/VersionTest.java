package io.videottt.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void theBuildHasFilledItIn() {
    assertThat(Version.number()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(Version.commit()).matches("[0-9a-f]{10}|unknown");
    assertThat(Version.name()).startsWith("spark-video-ttt " + Version.number());
  }
}
