package io.videottt.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.tensor.FloatDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A named tensor of a checkpoint: its type and shape, and where its values lie. Nothing of a tensor
 * that is not needed is read, and no more than the file holds is ever allocated: a tensor whose
 * elements do not lie within its bytes, or that has more elements than they are, is refused.
 */
final class StoredTensor {

  private static final int CHUNK = 1 << 20;
  private static final int LARGEST_RANK = 8;

  /** Two gigabytes of single-precision numbers. */
  private static final long MOST_ELEMENTS = 1 << 29;

  /** Elements that are passed over per element of a tensor that is a view of a larger one. */
  private static final long MOST_SPREAD = 16;

  /**
   * How the elements lie among the bytes.
   *
   * @param strides elements from one index to the next, for each dimension
   * @param offset elements before the first
   */
  record Order(long[] strides, long offset) {

    /** One after the other, the last dimension fastest. */
    static Order rowMajor(long... shape) {
      long[] strides = new long[shape.length];
      long stride = 1;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        strides[axis] = stride;
        stride *= Math.max(1, Math.min(shape[axis], MOST_ELEMENTS));
        stride = Math.min(stride, MOST_ELEMENTS);
      }
      return new Order(strides, 0);
    }

    /** One after the other, the first dimension fastest. */
    static Order columnMajor(long... shape) {
      long[] reversed = new long[shape.length];
      for (int axis = 0; axis < shape.length; axis++) {
        reversed[axis] = shape[shape.length - 1 - axis];
      }
      long[] strides = rowMajor(reversed).strides();
      long[] result = new long[shape.length];
      for (int axis = 0; axis < shape.length; axis++) {
        result[axis] = strides[shape.length - 1 - axis];
      }
      return new Order(result, 0);
    }
  }

  private final String source;
  private final String name;
  private final ElementType type;
  private final Shape shape;
  private final Order order;
  private final StoredBytes bytes;
  private final ByteOrder endianness;

  /**
   * @param source file, for messages
   * @param shape sizes
   * @param order of the elements
   * @param bytes that hold them
   * @param endianness order of the bytes of an element
   * @throws InvalidInputException when the tensor does not fit its bytes
   */
  StoredTensor(
      String source,
      String name,
      ElementType type,
      long[] shape,
      Order order,
      StoredBytes bytes,
      ByteOrder endianness) {
    this.source = source;
    this.name = name;
    this.type = type;
    this.order = order;
    this.bytes = bytes;
    this.endianness = endianness;
    if (shape.length > LARGEST_RANK || order.strides().length != shape.length) {
      throw invalid("has %d dimensions", shape.length);
    }
    long elements = 1;
    for (long size : shape) {
      if (size < 0 || size > MOST_ELEMENTS) {
        throw invalid("has a dimension of size %d", size);
      }
      elements = Math.min(elements * size, MOST_ELEMENTS + 1);
    }
    this.shape = new Shape(shape);
    requireFit(elements, shape);
  }

  private void requireFit(long elements, long[] sizes) {
    long capacity = bytes.length() / type.bytes();
    long last = order.offset();
    boolean within = last >= 0 && last <= capacity;
    for (int axis = 0; axis < sizes.length && within; axis++) {
      long steps = Math.max(sizes[axis] - 1, 0);
      long stride = order.strides()[axis];
      within = stride >= 0 && (steps == 0 || stride <= capacity / steps);
      last += within ? steps * stride : 0;
    }
    if (!within || elements > capacity || elements > 0 && last >= capacity) {
      throw invalid(
          "of shape %s does not fit the %d bytes that are stored for it", shape, bytes.length());
    }
  }

  String name() {
    return name;
  }

  ElementType type() {
    return type;
  }

  Shape shape() {
    return shape;
  }

  /**
   * Reads one of several equal parts along the first dimension.
   *
   * @param part which one, from 0
   * @param parts how many there are; their number divides the first dimension
   * @return the values in row-major order, widened or narrowed to single precision
   * @throws InvalidInputException when the file cannot be read or holds a NaN or an infinity there
   */
  float[] values(int part, int parts) {
    if (!type.floating()) {
      throw invalid("holds numbers of type %s; weights are floating-point", type);
    }
    int count = Math.toIntExact(shape.size() / parts);
    float[] values;
    try {
      values =
          isRowMajor()
              ? read(order.offset() + (long) part * count, count)
              : gather((long) part * count, count);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: %s cannot be read: %s".formatted(source, name, e.getMessage()), e);
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw invalid("holds %s; the weights are damaged", value);
      }
    }
    return values;
  }

  private boolean isRowMajor() {
    long[] strides = Order.rowMajor(shape.getShape()).strides();
    for (int axis = 0; axis < strides.length; axis++) {
      if (shape.get(axis) > 1 && strides[axis] != order.strides()[axis]) {
        return false;
      }
    }
    return true;
  }

  private float[] read(long first, int count) throws IOException {
    float[] values = new float[count];
    FloatBuffer target = FloatBuffer.wrap(values);
    byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * type.bytes())];
    try (InputStream stream = bytes.open()) {
      stream.skipNBytes(first * type.bytes());
      for (long left = (long) count * type.bytes(); left > 0; ) {
        int length = (int) Math.min(chunk.length, left);
        if (stream.readNBytes(chunk, 0, length) < length) {
          throw new IOException("it ends too early");
        }
        FloatDecoder.decode(
            ByteBuffer.wrap(chunk, 0, length).order(endianness), type.name(), target);
        left -= length;
      }
    }
    return values;
  }

  private float[] gather(long first, int count) throws IOException {
    long last = 0;
    for (int axis = 0; axis < shape.dimension(); axis++) {
      last += (shape.get(axis) - 1) * order.strides()[axis];
    }
    if (last >= MOST_SPREAD * Math.max(shape.size(), CHUNK)) {
      throw invalid("of shape %s lies scattered over %d elements", shape, last + 1);
    }
    float[] all = read(order.offset(), Math.toIntExact(last + 1));
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      long rest = first + index;
      long position = 0;
      for (int axis = shape.dimension() - 1; axis >= 0; axis--) {
        position += rest % shape.get(axis) * order.strides()[axis];
        rest /= shape.get(axis);
      }
      values[index] = all[(int) position];
    }
    return values;
  }

  private InvalidInputException invalid(String problem, Object... arguments) {
    return new InvalidInputException(
        "%s: %s %s".formatted(source, name, problem.formatted(arguments)));
  }
}
