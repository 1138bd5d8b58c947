package io.videottt.catalog;

import java.util.List;

/** Where the videos of a data set come from. Thread-safe. */
interface VideoSource {

  /** The ids of the videos of a split, before its limit; may be empty. */
  List<String> videoIds(SplitDefinition split);

  /**
   * One video of a split.
   *
   * @throws io.videottt.metrics.InvalidInputException when it has no frames
   */
  Video video(SplitDefinition split, String id);
}
