package io.videottt.base;

/**
 * Text from outside, made fit for a message, a table or a terminal: whatever could act there is
 * spelled out. A control character is written as {@code \}{@code u001b}, a line break as {@code
 * \n}; the same goes for characters that turn the direction of writing or have no width, and for
 * halves of surrogate pairs. Everything that a file says and a message repeats passes through here.
 */
public final class Printable {

  /** Longest text that {@link #line} gives back whole, in characters. */
  public static final int LONGEST_LINE = 200;

  private static final String CUT = "...";

  private Printable() {}

  /**
   * A text on one line, cut off after {@value #LONGEST_LINE} characters.
   *
   * @param text anything; null is written as the word
   */
  public static String line(String text) {
    if (text == null) {
      return "null";
    }
    boolean cut = text.length() > LONGEST_LINE;
    String shown = escaped(cut ? text.substring(0, LONGEST_LINE) : text, false);
    return cut ? shown + CUT : shown;
  }

  /** A message of several lines, whole: line feeds stay, everything else is spelled out. */
  public static String lines(String text) {
    return text == null ? null : escaped(text, true);
  }

  private static String escaped(String text, boolean keepLines) {
    if (text.codePoints().allMatch(c -> isHarmless(c, keepLines))) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c, keepLines)) {
                escaped.appendCodePoint(c);
              } else if (c == '\n') {
                escaped.append("\\n");
              } else if (c == '\t') {
                escaped.append("\\t");
              } else if (c == '\r') {
                escaped.append("\\r");
              } else {
                escaped.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return escaped.toString();
  }

  private static boolean isHarmless(int c, boolean keepLines) {
    return !isHidden(c) || keepLines && c == '\n';
  }

  /**
   * Whether a character commands instead of showing: controls and line separators, what turns the
   * direction of writing, spaces without width, marks of byte order, invisible tags, and halves of
   * surrogate pairs. Joiners are none: the scripts of some languages need them.
   */
  public static boolean isHidden(int c) {
    return Character.isISOControl(c)
        || c == 0x061c
        || c == 0x200b
        || c == 0x200e
        || c == 0x200f
        || c >= 0x2028 && c <= 0x202e
        || c >= 0x2060 && c <= 0x2069
        || c == 0xfeff
        || c >= 0xfff9 && c <= 0xfffb
        || (c & 0xfffe) == 0xfffe
        || c >= 0xe0000 && c <= 0xe007f
        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
