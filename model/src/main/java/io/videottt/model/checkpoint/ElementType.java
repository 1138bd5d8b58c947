package io.videottt.model.checkpoint;

import java.util.Map;
import java.util.Optional;

/** A tensor's type of numbers, under safetensors' names. */
enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private static final Map<String, ElementType> NUMPY =
      Map.of(
          "f8", F64, "f4", F32, "f2", F16, "i8", I64, "i4", I32, "i2", I16, "i1", I8, "u1", U8,
          "b1", BOOL);

  private static final Map<String, ElementType> TORCH =
      Map.of(
          "Double",
          F64,
          "Float",
          F32,
          "Half",
          F16,
          "BFloat16",
          BF16,
          "Long",
          I64,
          "Int",
          I32,
          "Short",
          I16,
          "Char",
          I8,
          "Byte",
          U8,
          "Bool",
          BOOL);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  /** Whether it is a floating-point type, the only kind that weights have. */
  boolean floating() {
    return name().contains("F");
  }

  /** The type of a NumPy code without its byte order, such as f4; none for objects and texts. */
  static Optional<ElementType> ofNumpy(String code) {
    return Optional.ofNullable(NUMPY.get(code));
  }

  /** The types by the first part of the names of torch's storage classes, such as Float. */
  static Map<String, ElementType> torch() {
    return TORCH;
  }
}
