package io.videottt.adaptation.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/**
 * What a unit remembers of the predictions of earlier frames, besides what its method does: a
 * checkpoint keeps it, so that a unit that goes on remembers what the undisturbed one does.
 */
public interface FrameMemory {

  /** What is remembered, by name; owned by this object, valid until its next change. */
  Map<String, NDArray> state();

  /** Where restored tensors are made. */
  NDManager manager();

  /**
   * Goes on from another moment of the unit.
   *
   * @param state as {@link #state()} gave it; copied
   */
  void restore(Map<String, NDArray> state);
}
