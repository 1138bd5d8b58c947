package io.videottt.jobs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Python with some modules, for what is only known to be right when Python says so. */
final class Python {

  private final String program;

  private Python(String program) {
    this.program = program;
  }

  /**
   * The Python of {@code VIDEOTTT_PYTHON} or of the path. A test is skipped, and says why, where
   * neither has the modules.
   */
  static Python with(String... modules) {
    String imports = "import " + String.join(", ", modules);
    Optional<Python> found =
        Stream.of(Optional.ofNullable(System.getenv("VIDEOTTT_PYTHON")), Optional.of("python3"))
            .flatMap(Optional::stream)
            .map(Python::new)
            .filter(python -> python.succeeds(imports))
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "no Python with %s; VIDEOTTT_PYTHON names one".formatted(String.join(", ", modules)));
    return found.get();
  }

  private boolean succeeds(String script) {
    try {
      Process process =
          new ProcessBuilder(program, "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs a script; what it printed. */
  String run(String script, Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(program, "-c", script))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(out);
    }
    return out;
  }
}
