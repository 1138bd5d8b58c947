package io.videottt.adaptation;

/**
 * Receives a unit's frames in temporal order, on the thread that runs the unit: for every frame one
 * result per task, in the order of {@link io.videottt.metrics.Task}.
 */
@FunctionalInterface
public interface FrameSink {

  /** Takes one task's result of one frame. */
  void accept(FrameResult result);

  /**
   * How far the offline method is before its first frame comes out.
   *
   * @param iteration iterations done
   * @param iterations of the whole training
   */
  default void training(int iteration, int iterations) {}
}
