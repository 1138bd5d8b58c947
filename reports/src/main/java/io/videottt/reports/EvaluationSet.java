package io.videottt.reports;

/**
 * What a method was evaluated on.
 *
 * @param dataset name in the catalogue
 * @param split for example val
 * @param task semantic, panoptic or instance
 */
public record EvaluationSet(String dataset, String split, String task) {

  /** The task's quality metric as the paper abbreviates it. */
  public String metric() {
    return switch (task) {
      case "panoptic" -> "PQ";
      case "instance" -> "AP";
      default -> "mIoU";
    };
  }
}
