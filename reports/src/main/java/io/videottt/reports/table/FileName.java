package io.videottt.reports.table;

import io.videottt.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * File names of tables and figures. They are made of the names of data sets, splits, models and
 * videos, which may hold anything; a file name holds letters, digits, dots, hyphens and underscores
 * of ASCII, begins with a letter, digit or underscore and is of bounded length, so that it is a
 * name on every file system and never a path.
 */
public final class FileName {

  /** Leaves room for an extension and a number. */
  private static final int LONGEST = 180;

  private static final int HASH_DIGITS = 8;
  private static final Pattern PLAIN = Pattern.compile("\\w[\\w.-]{0,%d}".formatted(LONGEST - 1));
  private static final Pattern OTHER = Pattern.compile("[^\\w.-]|^[.-]");

  private FileName() {}

  /**
   * A file name for a text: the text itself where it is one, else one that looks like it and ends
   * in a hash of it, so that different texts have different names.
   */
  public static String of(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    String plain = OTHER.matcher(text).replaceAll("_");
    String start = plain.substring(0, Math.min(plain.length(), LONGEST - 1 - HASH_DIGITS));
    return (start.isEmpty() ? "_" : start) + "-" + hash(text);
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
  }
}
