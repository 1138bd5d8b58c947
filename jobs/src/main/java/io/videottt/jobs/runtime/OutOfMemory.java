package io.videottt.jobs.runtime;

import io.videottt.base.InvalidInputException;
import java.util.function.Supplier;

/** Turns an exhausted heap into a message that says what to do. */
public final class OutOfMemory {

  private OutOfMemory() {}

  /** Reads input whose size nobody knows beforehand. */
  public static <T> T explained(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (OutOfMemoryError e) {
      throw failure(e);
    }
  }

  public static InvalidInputException failure(Throwable cause) {
    return new InvalidInputException(
        "the input does not fit the Java heap of %d MB\ngive more, for example TTT_JAVA_OPTIONS=-Xmx12g"
            .formatted(Runtime.getRuntime().maxMemory() >> 20),
        cause);
  }
}
