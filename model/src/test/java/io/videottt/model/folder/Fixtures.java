package io.videottt.model.folder;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where an independent implementation's numbers lie. */
public final class Fixtures {

  private static final String VARIABLE = "VIDEOTTT_FIXTURES";

  private Fixtures() {}

  /**
   * The folders {@code y-network-*} of the development data or of the folder that VIDEOTTT_FIXTURES
   * names, or that folder itself; none where there is no development data.
   */
  public static List<Path> networks() {
    return find(Fixtures::isNetwork, "network fixture");
  }

  /**
   * The folders of checkpoints with what their network computes, found in the same places; none
   * where there is no development data, or where another kind of fixture is named.
   */
  public static List<Path> checkpoints() {
    return find(Fixtures::isCheckpoint, "");
  }

  /**
   * @param what a named folder must hold; empty where it may hold none
   */
  private static List<Path> find(Predicate<Path> kind, String what) {
    String named = System.getenv(VARIABLE);
    Path root = named == null || named.isBlank() ? developmentData() : Path.of(named);
    if (kind.test(root)) {
      return List.of(root);
    }
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> children = Files.list(root)) {
        children.filter(kind).sorted().forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (found.isEmpty() && named != null && !named.isBlank() && !what.isEmpty()) {
      throw new InvalidInputException(VARIABLE + "=" + named + " holds no " + what);
    }
    return found;
  }

  private static boolean isCheckpoint(Path folder) {
    return Files.isRegularFile(folder.resolve("d2.safetensors"))
        && Files.isRegularFile(folder.resolve("expected.safetensors"));
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
