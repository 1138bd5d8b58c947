package io.videottt.io.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the YAML files that come with the program. */
public final class PackagedFile {

  private PackagedFile() {}

  /**
   * Reads a file that is packaged beside a class.
   *
   * @param neighbour the class
   * @param name of the file
   */
  public static <T> T read(Class<?> neighbour, String name, Class<T> type) {
    return StrictYaml.read(text(neighbour, name), name, type);
  }

  /** The text of a file that is packaged beside a class. */
  public static String text(Class<?> neighbour, String name) {
    try (InputStream stream = neighbour.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the file " + name + " is not packaged");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the packaged " + name, e);
    }
  }
}
