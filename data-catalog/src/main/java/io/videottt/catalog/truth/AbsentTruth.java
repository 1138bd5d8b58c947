package io.videottt.catalog.truth;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.video.GroundTruth;

/**
 * Ground truth that must be there and is not, which is said when its frame is read, so that it
 * costs one video at most.
 *
 * @param source file and image, for messages
 */
public record AbsentTruth(String source) implements StoredTruth {

  @Override
  public GroundTruth read(Problems problems) {
    throw new FileProblem(
        FileProblem.Kind.MISSING, "%s: the frame is not annotated".formatted(source));
  }
}
