package io.videottt.jobs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  @Option(
      names = "--root",
      paramLabel = "DATASET=DIR",
      description =
          "Folder of a data set, in place of the file's and the catalogue's; may be repeated.")
  private Map<String, String> roots = new LinkedHashMap<>();

  SweepRequest request() {
    return new SweepRequest(config, Optional.ofNullable(catalog), Map.copyOf(roots));
  }
}
