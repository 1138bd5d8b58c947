package io.videottt.jobs;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What sweep and plan have in common. */
final class SweepOptions {

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Sweep file, see conf/sweeps/.")
  private Path config;

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description = "Folder with data set files of your own, beside the built-in ones.")
  private String catalog;

  Path config() {
    return config;
  }

  String catalog() {
    return catalog;
  }
}
