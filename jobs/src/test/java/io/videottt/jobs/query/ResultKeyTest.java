package io.videottt.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultKeyTest {

  @Test
  void settingsStandInTheOrderOfTheirNumbers() {
    assertThat(
            Stream.of("window-16", "window-inf", "", "window-2", "window-02", "shuffled")
                .map(v -> new ResultKey("tiny", "test", Task.SEMANTIC, "model", "online", v))
                .sorted(ResultKey.ORDER)
                .map(ResultKey::variant))
        .containsExactly("", "shuffled", "window-02", "window-2", "window-16", "window-inf");
  }
}
