package io.videottt.model;

import io.videottt.metrics.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where an independent implementation's numbers lie. */
final class Fixtures {

  private static final String VARIABLE = "VIDEOTTT_FIXTURES";

  private Fixtures() {}

  /**
   * The folders {@code y-network-*} of the development data or of the folder that VIDEOTTT_FIXTURES
   * names, or that folder itself; none where there is no development data.
   */
  static List<Path> networks() {
    String named = System.getenv(VARIABLE);
    Path root = named == null || named.isBlank() ? developmentData() : Path.of(named);
    if (isNetwork(root)) {
      return List.of(root);
    }
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> children = Files.list(root)) {
        children.filter(Fixtures::isNetwork).sorted().forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (found.isEmpty() && named != null && !named.isBlank()) {
      throw new InvalidInputException(VARIABLE + "=" + named + " holds no network fixture");
    }
    return found;
  }

  private static boolean isNetwork(Path folder) {
    return Files.isRegularFile(folder.resolve("fixture.json"))
        && Files.isRegularFile(folder.resolve("model.safetensors"));
  }

  private static Path developmentData() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory.getParent() != null && !Files.isRegularFile(directory.resolve("ttt"))) {
      if (Files.isDirectory(directory.resolve(".mvn"))) {
        break;
      }
      directory = directory.getParent();
    }
    return directory.resolveSibling("shared").resolve("fixtures");
  }
}
