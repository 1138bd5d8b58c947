package io.videottt.io.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.StorageLocation;
import io.videottt.io.storage.Utf8Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file, and what the paths in it mean: relative ones are relative to the file. */
public record ConfigurationFile(Path file) {

  private static final long LARGEST_TEXT_BYTES = 1 << 20;

  /**
   * Reads the file into records; unknown and repeated keys are refused.
   *
   * @throws InvalidInputException naming the file and the key, when it cannot be used
   */
  public <T extends Record> T read(Class<T> type) {
    return StrictYaml.read(text(), file.toString(), type);
  }

  /**
   * Reads the file's keys and values as they stand there; repeated keys are refused.
   *
   * @throws InvalidInputException naming the file, when it cannot be used
   */
  public ObjectNode tree() {
    return StrictYaml.tree(text(), file.toString());
  }

  /**
   * The file's content.
   *
   * @throws InvalidInputException naming the file, when it cannot be used
   */
  public String text() {
    try {
      if (Files.isDirectory(file)) {
        throw new InvalidInputException("%s: a folder; give a configuration file".formatted(file));
      }
      if (!Files.isRegularFile(file)) {
        throw new InvalidInputException("%s: no such configuration file".formatted(file));
      }
      if (Files.size(file) > LARGEST_TEXT_BYTES) {
        throw new InvalidInputException(
            "%s: more than %d bytes, too large for a configuration"
                .formatted(file, LARGEST_TEXT_BYTES));
      }
      return Utf8Text.decode(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read".formatted(file), e);
    }
  }

  /**
   * Another local configuration file that this one names.
   *
   * @throws InvalidInputException when it is named by a URI
   */
  public ConfigurationFile other(String path) {
    if (hasScheme(path)) {
      throw new InvalidInputException(
          "%s: names %s, but configuration files must be local".formatted(file, path));
    }
    return new ConfigurationFile(file.resolveSibling(path).normalize());
  }

  /**
   * A local path or Hadoop URI of the file, usable from any folder.
   *
   * @throws InvalidInputException when the path carries credentials
   */
  public String resolve(String path) {
    StorageLocation.requireNoCredentials(path, file.toString());
    if (hasScheme(path)) {
      return path;
    }
    return file.toAbsolutePath().resolveSibling(path).normalize().toString();
  }

  /** The content of another text file that this one names. */
  public String readText(String path) {
    Path other = Path.of(resolve(path));
    try {
      if (!Files.isRegularFile(other) || Files.size(other) > LARGEST_TEXT_BYTES) {
        throw new InvalidInputException(
            "%s: names %s, which is not a text file of at most %d bytes"
                .formatted(file, other, LARGEST_TEXT_BYTES));
      }
      return Utf8Text.decode(Files.readAllBytes(other), other.toString());
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read".formatted(other), e);
    }
  }

  private static boolean hasScheme(String path) {
    try {
      return URI.create(path).getScheme() != null;
    } catch (IllegalArgumentException e) {
      // A local path may hold characters that no URI has.
      return false;
    }
  }
}
