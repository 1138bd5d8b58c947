package io.videottt.jobs.cli;

import picocli.CommandLine.Option;

/** Where the network runs. */
final class DeviceOption {

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description =
          "auto, cpu or gpu:N (default: auto: the GPU that Spark assigned, else gpu:0 if there is"
              + " one, else cpu).")
  private String device;

  String device() {
    return device;
  }
}
