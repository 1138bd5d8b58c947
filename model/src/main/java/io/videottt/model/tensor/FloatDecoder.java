package io.videottt.model.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Widens or narrows stored floating-point numbers to float32. */
public final class FloatDecoder {

  private FloatDecoder() {}

  /**
   * Decodes consecutive elements.
   *
   * @param bytes whole elements, in the order that the buffer has
   * @param type F64, F32, F16 or BF16
   * @param values receives them
   */
  public static void decode(ByteBuffer bytes, String type, FloatBuffer values) {
    switch (type) {
      case "F32" -> {
        FloatBuffer floats = bytes.asFloatBuffer();
        values.put(floats);
      }
      case "F64" -> {
        while (bytes.hasRemaining()) {
          values.put((float) bytes.getDouble());
        }
      }
      case "BF16" -> {
        while (bytes.hasRemaining()) {
          values.put(Float.intBitsToFloat(bytes.getShort() << 16));
        }
      }
      case "F16" -> {
        while (bytes.hasRemaining()) {
          values.put(half(bytes.getShort()));
        }
      }
      default -> throw new IllegalArgumentException("no floating-point type: " + type);
    }
  }

  /** IEEE 754 half precision: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
  static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else {
      magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
