package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** What a method has changed while a video goes by, with which another process goes on. */
public interface ResumableState {

  /** Where the tensors that are restored are read to. */
  NDManager manager();

  /** The parameters of the model that the method changes, as they are now, by their names. */
  Map<String, NDArray> parameters();

  /** What the method remembers beside them: of its optimiser, of the stream's statistics. */
  Map<String, NDArray> memory();

  /**
   * Goes on from another moment of the same video.
   *
   * @param parameters as {@link #parameters()} gave them
   * @param memory as {@link #memory()} gave it
   */
  void restore(Map<String, NDArray> parameters, Map<String, NDArray> memory);

  /** Back to the initial parameters, with nothing remembered. */
  void startAgain();
}
