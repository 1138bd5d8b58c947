package io.videottt.adaptation.scoring;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.catalog.video.Frame;
import java.util.Optional;

/** Draws what is kept to look at, for the frames that it chooses. */
@FunctionalInterface
public interface PreviewRenderer {

  /** Draws nothing. */
  PreviewRenderer NONE = (frame, prediction) -> Optional.empty();

  /**
   * Sees every frame after it was scored. Must not depend on the frames seen before: a unit that
   * goes on from a checkpoint shows only those after it.
   *
   * @return empty for frames that nothing is kept of
   */
  Optional<FramePreview> draw(Frame frame, TaskPrediction prediction);
}
