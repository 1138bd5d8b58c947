package io.videottt.reports.table;

import io.videottt.base.Printable;

/**
 * Text of which every character can be seen. Names in tables come from results, and results may
 * come from anywhere: what would move a terminal's cursor, start one of its commands, end a line or
 * turn the reading direction around becomes {@value #REPLACEMENT}.
 */
public final class VisibleText {

  /** Stands for a character that cannot be shown. */
  public static final char REPLACEMENT = '\ufffd';

  private static final String ELLIPSIS = "...";

  private VisibleText() {}

  /** The text on one line: breaks and tabs are spaces, other hidden characters are replaced. */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == '\t') {
        visible.append(' ');
      } else if (isHidden(c) || isUnpaired(text, i)) {
        visible.append(REPLACEMENT);
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }

  /**
   * The text on one line, not longer than there is room.
   *
   * @param length in characters, at least 4
   */
  public static String of(String text, int length) {
    String visible = of(text);
    return visible.length() <= length
        ? visible
        : visible.substring(0, length - ELLIPSIS.length()) + ELLIPSIS;
  }

  /** Whether a character commands instead of showing; half a character is for {@link #of}. */
  public static boolean isHidden(char c) {
    return !Character.isSurrogate(c) && Printable.isHidden(c);
  }

  /** Half a character, which no encoding can write. */
  private static boolean isUnpaired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
