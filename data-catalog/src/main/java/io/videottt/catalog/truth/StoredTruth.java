package io.videottt.catalog.truth;

import io.videottt.catalog.file.Problems;
import io.videottt.catalog.video.GroundTruth;

/** The ground truth of one frame where it is stored. Thread-safe. */
public interface StoredTruth {

  /** The file, and the image in it where it holds several, for messages. */
  String source();

  /**
   * Reads and decodes it.
   *
   * @throws io.videottt.base.InvalidInputException naming the file, when it cannot be used at all
   */
  GroundTruth read(Problems problems);
}
