package io.videottt.jobs.cli;

import io.videottt.jobs.sweep.config.Overrides;
import io.videottt.jobs.sweep.config.SweepRequest;
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

  @Option(
      names = "--model",
      paramLabel = "KEY=DIR",
      description =
          "Model folder in place of the file's; may be repeated. KEY is joint, "
              + "mainTaskOnly, a task, a model set's label, or several with dots: "
              + "swin-s.panoptic.joint. Without joint or mainTaskOnly it stands for both.")
  private Map<String, String> models = new LinkedHashMap<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Setting over those that the file has for all methods (./ttt presets explains "
              + "them), or threads; may be repeated. What a method has for itself stays.")
  private Map<String, String> settings = new LinkedHashMap<>();

  SweepRequest request() {
    return new SweepRequest(
        config, Optional.ofNullable(catalog), Map.copyOf(roots), Overrides.parse(models, settings));
  }
}
