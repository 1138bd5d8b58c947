package io.videottt.jobs;

import java.nio.file.Path;

/** Where this module's build for the present platform puts what it makes. */
public final class BuildFolder {

  private BuildFolder() {}

  /** A file or folder in it, relative to the module. */
  public static Path file(String name) {
    return Path.of(System.getProperty("videottt.build", "target"), name);
  }
}
