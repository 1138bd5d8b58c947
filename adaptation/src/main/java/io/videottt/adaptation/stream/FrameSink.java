package io.videottt.adaptation.stream;

import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.PreviewRenderer;
import io.videottt.base.Task;

/**
 * Receives a unit's frames in the order of its stream, on the thread that runs the unit: for every
 * frame one result per task, in the order of {@link Task}.
 */
@FunctionalInterface
public interface FrameSink {

  /** Takes one task's result of one frame. */
  void accept(FrameResult result);

  /**
   * The unit goes on from a checkpoint; the results before it follow first.
   *
   * @param position the next frame of a stream, or the iterations done of the offline method
   */
  default void resumed(int position) {}

  /**
   * How far the offline method is before its first frame comes out.
   *
   * @param iteration iterations done
   * @param iterations of the whole training
   */
  default void training(int iteration, int iterations) {}

  /**
   * The offline method has predicted a candidate, or goes on from a checkpoint that has.
   *
   * @param best iteration of the best candidate so far; what the sink keeps of others is of no use
   */
  default void candidate(Task task, int best) {}

  /** Draws what the sink wants to keep of frames to look at. */
  default PreviewRenderer previews() {
    return PreviewRenderer.NONE;
  }
}
