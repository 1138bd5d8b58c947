package io.videottt.reports.source;

import io.videottt.base.FailureReason;
import java.util.Arrays;

/**
 * A source of tables that could not be used.
 *
 * @param name of its class, or what a jar says in its place
 * @param reason on one line
 */
public record LeftOutSource(String name, String reason) {

  /** A source that has thrown, with the place in it where that can be told. */
  static LeftOutSource of(Class<?> source, Throwable failure) {
    String place =
        Arrays.stream(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(source.getName()))
            .filter(frame -> frame.getFileName() != null && frame.getLineNumber() > 0)
            .findFirst()
            .map(frame -> " at %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
            .orElse("");
    return new LeftOutSource(
        source.getName(),
        "%s%s: %s".formatted(failure.getClass().getSimpleName(), place, FailureReason.of(failure)));
  }

  /** The source and the reason in a sentence. */
  public String sentence() {
    return "Tables of %s are left out: %s".formatted(name, reason);
  }
}
