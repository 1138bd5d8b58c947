package io.videottt.jobs.ml;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of a row whose image cannot be used; the words are those of Spark ML's stages. */
public enum InvalidImages {
  /** The job fails. */
  ERROR,
  /** The row is left out. */
  SKIP,
  /** The row stays, its class mask is null. */
  KEEP;

  /** The word of the parameter. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static String[] words() {
    return Arrays.stream(values()).map(InvalidImages::word).toArray(String[]::new);
  }

  public static InvalidImages of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
