package io.videottt.reports.table;

/** Text for HTML: nothing that comes from results can become markup. */
public final class HtmlText {

  private HtmlText() {}

  /** For elements and for attributes in double quotes. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isShown(c) ? c : VisibleText.REPLACEMENT);
      }
    }
    return escaped.toString();
  }

  private static boolean isShown(char c) {
    return c == '\n' || c == '\t' || !VisibleText.isHidden(c);
  }
}
