package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs {@code ttt evaluate} and looks at what it printed and wrote. */
record EvaluationCommandRun(int status, String out, String err, Path json) {

  static EvaluationCommandRun of(Path json, List<String> arguments) {
    try {
      if (Files.isRegularFile(json)) {
        Files.delete(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(arguments);
    all.addAll(List.of("--json", json.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    return new EvaluationCommandRun(status, out.toString(), err.toString(), json);
  }

  JsonNode result() {
    assertThat(err).isEmpty();
    assertThat(status).isZero();
    try {
      return new ObjectMapper().readTree(json.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks for a fault with all of these words: of one frame of two, of which the other was scored,
   * or of everything, and then nothing was written.
   */
  void assertFault(String... words) {
    if (Files.exists(json)) {
      assertNamed(1, words);
      return;
    }
    assertThat(status).isEqualTo(1);
    assertThat(err.lines()).as(err).hasSizeBetween(1, 2);
    assertThat(err).startsWith("ttt: ").contains(words).doesNotContain("Exception");
    assertThat(out).isEmpty();
  }

  /**
   * Checks for one line with all of these words, and that the other frames were scored.
   *
   * @param scored how many there are
   * @return what was written
   */
  JsonNode assertNamed(int scored, String... words) {
    assertThat(status).isEqualTo(1);
    assertThat(err.lines()).as(err).hasSize(1);
    assertThat(err).startsWith("ttt: ").contains(words).doesNotContain("Exception");
    try {
      JsonNode document = new ObjectMapper().readTree(json.toFile());
      assertThat(document.get("frames").asInt()).isEqualTo(scored);
      assertThat(document.get("not_scored").size() + document.get("unmatched").size()).isOne();
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks for one line with all of these words, and that nothing was written. */
  void assertRefused(String... words) {
    assertThat(status).isEqualTo(1);
    assertThat(err.lines()).as(err).hasSize(1);
    assertThat(err).startsWith("ttt: ").contains(words).doesNotContain("Exception");
    assertThat(out).isEmpty();
    try (Stream<Path> files = Files.list(json.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains(json.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
