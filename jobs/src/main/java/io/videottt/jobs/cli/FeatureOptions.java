package io.videottt.jobs.cli;

import io.videottt.model.features.FeatureFiles;
import picocli.CommandLine.Option;

/** The networks of the user's that predicted colours are looked at with. */
final class FeatureOptions {

  @Option(
      names = "--inception",
      paramLabel = "FILE",
      description =
          "Colorization: TorchScript file of a network that gives features and class probabilities,"
              + " for FID and Inception Score (docs/colorization.md). It is run: name only a file"
              + " that you trust.")
  private String inception;

  @Option(
      names = "--lpips",
      paramLabel = "FILE",
      description = "Colorization: TorchScript file of LPIPS, likewise.")
  private String lpips;

  FeatureFiles files() {
    return new FeatureFiles(inception, lpips);
  }
}
