package io.videottt.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the catalogue's own YAML files. */
final class PackagedFile {

  private PackagedFile() {}

  /** Reads a file that is packaged beside the classes. */
  static <T> T read(String name, Class<T> type) {
    try (InputStream stream = PackagedFile.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the catalogue file " + name + " is not packaged");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return StrictYaml.read(text, name, type);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the packaged " + name, e);
    }
  }
}
