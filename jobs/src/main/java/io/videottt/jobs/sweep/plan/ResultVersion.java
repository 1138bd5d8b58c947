package io.videottt.jobs.sweep.plan;

import io.videottt.catalog.definition.Layout;

/**
 * The version of what a unit's numbers mean, part of its id: rows of different versions never mix,
 * and units whose numbers a change leaves alone keep their version, their ids and their results.
 */
public final class ResultVersion {

  /** Videos whose frames are computed. */
  public static final int COMPUTED = 1;

  /**
   * Videos decoded from picture files. Version 1 brightened pictures of one channel, showed
   * photographs as they lie in the file, not as their orientation tag says, and did not pad sizes
   * that the network's divisor does not divide.
   */
  static final int PICTURE_FILES = 2;

  /** Videos whose frames are computed, at sizes that the network pads; version 1 did not pad. */
  static final int PADDED = 2;

  private ResultVersion() {}

  /** The present version of numbers over the videos of a data set. */
  static int of(Layout layout) {
    return layout.computed() ? COMPUTED : PICTURE_FILES;
  }
}
