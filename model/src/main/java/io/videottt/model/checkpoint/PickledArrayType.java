package io.videottt.model.checkpoint;

import java.util.Optional;

/** A NumPy dtype, whose byte order a pickle adds after it was made. */
final class PickledArrayType {

  private final String code;
  private boolean bigEndian;

  /**
   * @param code kind and bytes, such as f4, with or without a byte order before it
   */
  PickledArrayType(String code) {
    boolean ordered = !code.isEmpty() && "<>=|".indexOf(code.charAt(0)) >= 0;
    this.code = ordered ? code.substring(1) : code;
    if (ordered) {
      order(code.substring(0, 1));
    }
  }

  /** Sets the byte order: {@code >} for big-endian, anything else is little-endian. */
  void order(String order) {
    bigEndian = order.equals(">");
  }

  String code() {
    return code;
  }

  boolean bigEndian() {
    return bigEndian;
  }

  /** The type of the elements where they are numbers. */
  Optional<ElementType> elements() {
    return ElementType.ofNumpy(code);
  }
}
