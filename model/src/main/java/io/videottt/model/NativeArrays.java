package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Makes tensors whose memory belongs to the engine.
 *
 * <p>An array made from Java data borrows a direct buffer that is freed with the array's wrapper
 * while autograd may still hold the pointer. A copy made by the engine has no such end.
 */
final class NativeArrays {

  private NativeArrays() {}

  /** A float32 tensor of the given values. */
  static NDArray of(NDManager manager, float[] values, Shape shape) {
    try (NDArray borrowed = manager.create(values, shape)) {
      return owned(manager, borrowed);
    }
  }

  /** An int64 tensor of the given values. */
  static NDArray of(NDManager manager, long[] values, Shape shape) {
    try (NDArray borrowed = manager.create(values, shape)) {
      return owned(manager, borrowed);
    }
  }

  /** A boolean tensor of the given values. */
  static NDArray of(NDManager manager, boolean[] values, Shape shape) {
    try (NDArray borrowed = manager.create(values, shape)) {
      return owned(manager, borrowed);
    }
  }

  /** A float32 scalar that autograd may keep. */
  static NDArray scalar(NDManager manager, double value) {
    return manager.full(new Shape(), (float) value);
  }

  private static NDArray owned(NDManager manager, NDArray borrowed) {
    NDArray copy = borrowed.duplicate();
    copy.attach(manager);
    return copy;
  }
}
