package io.videottt.reports;

import java.util.List;

/**
 * One method's way through a video.
 *
 * @param method id of the method
 * @param title name with the settings' name
 * @param moments by rising frame
 */
public record TimeLine(String method, String title, List<Moment> moments) {

  /**
   * The mean of consecutive frames.
   *
   * @param frame index of the first of them
   * @param quality the task's metric in percent, NaN where it is not defined
   * @param loss reconstruction loss before the first step of a frame, NaN where there is none or
   *     the method has another objective
   */
  public record Moment(int frame, double quality, double loss) {}

  /** Keeps the list from being changed. */
  public TimeLine {
    moments = List.copyOf(moments);
  }
}
