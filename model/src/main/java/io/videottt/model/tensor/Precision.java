package io.videottt.model.tensor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * How the networks compute: in single precision throughout, or with the operands of linear layers,
 * attention's products and convolutions rounded to a half-wide format and summed in single
 * precision. Parameters, normalisation, softmax, losses and the optimiser's state are in single
 * precision either way, as with PyTorch's automatic mixed precision.
 *
 * <p>Like the engine's gradient mode, a precision belongs to a thread for as long as a computation
 * takes ({@link #within}). Gradients are computed in the precision that their forward pass had.
 */
public enum Precision {
  /** Single precision; the default. */
  @JsonProperty("fp32")
  FP32("fp32"),

  /** bfloat16: the range of single precision with 8 bits of mantissa. */
  @JsonProperty("bf16")
  BF16("bf16"),

  /** IEEE half precision, in which small gradients vanish unless the loss is scaled. */
  @JsonProperty("fp16")
  FP16("fp16");

  private static final ThreadLocal<Precision> CURRENT = ThreadLocal.withInitial(() -> FP32);

  private final String id;

  Precision(String id) {
    this.id = id;
  }

  /** Name in settings. */
  public String id() {
    return id;
  }

  /** The names in settings, in the order of the constants. */
  public static String[] ids() {
    return Arrays.stream(values()).map(Precision::id).toArray(String[]::new);
  }

  /**
   * The precision of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Precision of(String id) {
    return Arrays.stream(values())
        .filter(precision -> precision.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no precision is called " + id));
  }

  /** The precision that this thread computes in. */
  public static Precision current() {
    return CURRENT.get();
  }

  /**
   * What is computed in a precision.
   *
   * @param <T> its result
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Computation<T, E extends Exception> {

    /** Computes it. */
    T run() throws E;
  }

  /**
   * Runs a computation of networks in this precision.
   *
   * @return what the computation returns
   */
  public <T, E extends Exception> T within(Computation<T, E> computation) throws E {
    Precision before = CURRENT.get();
    CURRENT.set(this);
    try {
      return computation.run();
    } finally {
      CURRENT.set(before);
    }
  }
}
