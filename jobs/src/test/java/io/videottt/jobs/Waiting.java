package io.videottt.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do, with a bound that only a hanging one reaches. */
public final class Waiting {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Waiting() {}

  /**
   * Looks again and again.
   *
   * @param what names it for the failure
   * @param look empty until it has happened
   */
  public static <T> T until(String what, Supplier<Optional<T>> look) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LONGEST.toNanos()) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    throw new AssertionError("waited %s in vain for %s".formatted(LONGEST, what));
  }

  /** Nothing but that it has happened, as a look's answer. */
  public static Optional<Boolean> happened(boolean has) {
    return has ? Optional.of(true) : Optional.empty();
  }
}
