package io.videottt.reports;

import java.util.List;

/**
 * How methods went through one video.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param video id within the data set
 * @param lines the methods
 */
public record VideoOverTime(EvaluationSet set, String model, String video, List<TimeLine> lines) {

  /** Keeps the list from being changed. */
  public VideoOverTime {
    lines = List.copyOf(lines);
  }
}
