package io.videottt.reports;

import java.util.List;

/**
 * One frame as two methods see it.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param video id within the data set
 * @param frame name of the frame
 * @param fixed the task's metric with the fixed model in this frame, percent
 * @param adapted the same with the adapted model
 * @param pictures from left to right
 */
public record SideBySide(
    EvaluationSet set,
    String model,
    String video,
    String frame,
    double fixed,
    double adapted,
    List<Picture> pictures) {

  /**
   * A picture.
   *
   * @param title what it shows
   * @param mediaType image/png or image/jpeg
   * @param file its bytes
   */
  public record Picture(String title, String mediaType, byte[] file) {}

  /** Keeps the list from being changed. */
  public SideBySide {
    pictures = List.copyOf(pictures);
  }
}
