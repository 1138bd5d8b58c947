package io.videottt.reports.source;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The outcome of code that others have written: a result, or why there is none.
 *
 * @param result present when it went well
 * @param failure present when it did not
 */
record Attempt<T>(Optional<T> result, Optional<LeftOutSource> failure) {

  /**
   * Runs it. Whatever it throws is its own failure, a class that does not fit this version and an
   * endless recursion among them; only a machine without memory is everybody's.
   *
   * @param source whose code it is
   */
  static <T> Attempt<T> of(Class<?> source, Callable<T> code) {
    try {
      return new Attempt<>(Optional.of(code.call()), Optional.empty());
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      return new Attempt<>(Optional.empty(), Optional.of(LeftOutSource.of(source, e)));
    }
  }
}
