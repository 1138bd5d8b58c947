package io.videottt.jobs.data;

import java.io.Serializable;

/**
 * Which data a unit was computed on: ids of {@link UnitData}, empty where that is not known or the
 * unit uses none.
 *
 * @param video the files of its video
 * @param training the training images of a control
 */
public record DataIds(String video, String training) implements Serializable {

  /** Where nothing is remembered. */
  public static final DataIds UNKNOWN = new DataIds("", "");
}
