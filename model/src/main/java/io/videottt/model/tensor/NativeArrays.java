package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Makes tensors whose memory belongs to the engine.
 *
 * <p>An array made from Java data borrows a direct buffer that is freed with the array's wrapper
 * while autograd may still hold the pointer. A copy made by the engine has no such end.
 */
public final class NativeArrays {

  /** Larger arrays (weights, when a model is made) get a buffer of their own. */
  private static final int LARGEST_STAGING = 64 << 20;

  /**
   * The direct buffer that values pass through. Made once per thread: a new one for every array
   * would pile up outside of the heap, where no shortage of heap ever collects them.
   */
  private static final ThreadLocal<ByteBuffer> STAGING =
      ThreadLocal.withInitial(() -> direct(1 << 16));

  private NativeArrays() {}

  /** A float32 tensor of the given values. */
  public static NDArray of(NDManager manager, float[] values, Shape shape) {
    ByteBuffer buffer = staging(values.length, Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return owned(manager, buffer, shape, DataType.FLOAT32);
  }

  /** An int64 tensor of the given values. */
  public static NDArray of(NDManager manager, long[] values, Shape shape) {
    ByteBuffer buffer = staging(values.length, Long.BYTES);
    buffer.asLongBuffer().put(values);
    return owned(manager, buffer, shape, DataType.INT64);
  }

  /** A uint8 tensor of the given values, one array after the other. */
  static NDArray of(NDManager manager, List<byte[]> values, Shape shape) {
    ByteBuffer buffer = staging(Math.toIntExact(shape.size()), 1);
    values.forEach(buffer::put);
    return owned(manager, buffer.rewind(), shape, DataType.UINT8);
  }

  /** A boolean tensor of the given values. */
  static NDArray of(NDManager manager, boolean[] values, Shape shape) {
    ByteBuffer buffer = staging(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      buffer.put(i, (byte) (values[i] ? 1 : 0));
    }
    return owned(manager, buffer, shape, DataType.BOOLEAN);
  }

  /** A float32 scalar that autograd may keep. */
  public static NDArray scalar(NDManager manager, double value) {
    return manager.full(new Shape(), (float) value);
  }

  private static NDArray owned(
      NDManager manager, ByteBuffer buffer, Shape shape, DataType dataType) {
    Transfers.up(buffer.remaining());
    try (NDArray borrowed = manager.create(buffer, shape, dataType)) {
      NDArray copy = borrowed.duplicate();
      copy.attach(manager);
      return copy;
    }
  }

  private static ByteBuffer staging(int count, int bytesEach) {
    int bytes = Math.multiplyExact(count, bytesEach);
    if (bytes > LARGEST_STAGING) {
      return direct(bytes);
    }
    ByteBuffer buffer = STAGING.get();
    if (buffer.capacity() < bytes) {
      buffer = direct(Math.max(bytes, Math.min(2 * buffer.capacity(), LARGEST_STAGING)));
      STAGING.set(buffer);
    }
    return buffer.slice(0, bytes).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
