package io.videottt.catalog.truth;

import io.videottt.catalog.file.FileProblem;
import java.util.List;
import java.util.Optional;

/** Where the ground truth of a video's frames is found. Thread-safe. */
public interface TruthSource {

  /** Of a video without ground truth. */
  TruthSource NONE = frame -> Optional.empty();

  /**
   * The ground truth of a frame; absent where it is not annotated.
   *
   * @throws io.videottt.base.InvalidInputException when a file of many frames cannot be read
   */
  Optional<StoredTruth> of(String frame);

  /** What is wrong beyond single frames: annotations of frames that are not there. */
  default List<FileProblem> problems() {
    return List.of();
  }

  /** Files that belong to no frame, which hinders no other frame. */
  default List<FileProblem> unmatched() {
    return List.of();
  }
}
