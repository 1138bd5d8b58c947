package io.videottt.jobs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Inputs beside the repository whose right values other tools give; VIDEOTTT_CASES moves them. */
public final class SharedCases {

  private static final Path ROOT =
      Path.of(System.getenv().getOrDefault("VIDEOTTT_CASES", "../../shared/cases"))
          .toAbsolutePath()
          .normalize();

  private SharedCases() {}

  /** The folder of a case; the test is skipped, saying so, where there is none. */
  public static Path folder(String name) {
    Path folder = ROOT.resolve(name);
    assumeTrue(Files.isDirectory(folder), "no case at " + folder);
    return folder;
  }
}
