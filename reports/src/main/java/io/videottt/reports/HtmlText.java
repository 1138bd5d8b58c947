package io.videottt.reports;

/** Text for HTML: nothing that comes from results can become markup. */
final class HtmlText {

  private HtmlText() {}

  /** For elements and for attributes in double quotes. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isControl(c) ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  /** HTML has no place for these. */
  private static boolean isControl(char c) {
    return c < ' ' && c != '\n' && c != '\t' || c == '\u007f';
  }
}
