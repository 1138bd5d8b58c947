package io.videottt.jobs.cli;

import io.videottt.adaptation.settings.PostProcessing;
import picocli.CommandLine.Option;

/** How segments and detections are made of the network's queries, and which are drawn. */
final class PostProcessingOptions {

  @Option(
      names = "--score-threshold",
      defaultValue = "0.8",
      paramLabel = "P",
      description =
          "Panoptic: queries whose class has at most this probability are dropped (default:"
              + " ${DEFAULT-VALUE}).")
  private double scoreThreshold;

  @Option(
      names = "--overlap-threshold",
      defaultValue = "0.8",
      paramLabel = "P",
      description =
          "Panoptic: a segment is kept when it wins this share of its mask (default:"
              + " ${DEFAULT-VALUE}).")
  private double overlapThreshold;

  @Option(
      names = "--detections",
      defaultValue = "100",
      paramLabel = "N",
      description = "Instance: most detections of an image (default: ${DEFAULT-VALUE}).")
  private int detections;

  @Option(
      names = "--draw-threshold",
      defaultValue = "0.5",
      paramLabel = "P",
      description =
          "Instance: detections of a lower score are in instances.json but not drawn (default:"
              + " ${DEFAULT-VALUE}).")
  private double drawThreshold;

  /**
   * The settings.
   *
   * @throws io.videottt.base.InvalidInputException when one is out of its range
   */
  PostProcessing settings() {
    return new PostProcessing(scoreThreshold, overlapThreshold, detections);
  }

  double drawThreshold() {
    return drawThreshold;
  }
}
