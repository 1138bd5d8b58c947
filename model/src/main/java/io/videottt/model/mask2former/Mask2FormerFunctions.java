package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.videottt.model.tensor.TorchScript;

/** The TorchScript functions of {@code mask2former.py}. */
final class Mask2FormerFunctions {

  private static final TorchScript FUNCTIONS =
      new TorchScript(Mask2FormerFunctions.class, "mask2former.py");

  private Mask2FormerFunctions() {}

  /** The result is attached to the manager of the first array. */
  static NDArray call(NDArray owner, String function, Object... arguments) {
    return FUNCTIONS.call(owner.getManager(), function, arguments);
  }

  /** As {@link #call}, for functions that return several tensors. */
  static NDList callForList(NDArray owner, String function, Object... arguments) {
    return FUNCTIONS.callForList(owner.getManager(), function, arguments);
  }
}
