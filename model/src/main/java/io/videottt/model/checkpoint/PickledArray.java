package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import java.nio.ByteOrder;

/** An array of NumPy, which a pickle makes empty and fills later. */
final class PickledArray implements PickledTensor {

  private long[] shape;
  private PickledArrayType type;
  private boolean columnMajor;
  private StoredBytes bytes;

  /** An array that {@link #fill} makes one. */
  PickledArray() {}

  /**
   * @param shape sizes
   * @param type of the elements
   * @param columnMajor whether the first dimension is the fastest
   * @param bytes of the elements; null for an array of objects
   */
  void fill(long[] shape, PickledArrayType type, boolean columnMajor, StoredBytes bytes) {
    this.shape = shape.clone();
    this.type = type;
    this.columnMajor = columnMajor;
    this.bytes = bytes;
  }

  @Override
  public StoredTensor named(String source, String name) {
    if (bytes == null || type.elements().isEmpty()) {
      throw new InvalidInputException(
          "%s: %s is an array of %s, not of numbers"
              .formatted(source, name, type == null ? "nothing" : type.code()));
    }
    return new StoredTensor(
        source,
        name,
        type.elements().get(),
        shape,
        columnMajor ? StoredTensor.Order.columnMajor(shape) : StoredTensor.Order.rowMajor(shape),
        bytes,
        type.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }
}
