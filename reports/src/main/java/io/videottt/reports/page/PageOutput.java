package io.videottt.reports.page;

import gg.jte.Content;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.videottt.reports.table.VisibleText;

/**
 * What templates write to. Text is escaped for the place where it stands, and characters of it that
 * cannot be seen are shown as {@value VisibleText#REPLACEMENT}.
 */
final class PageOutput extends OwaspHtmlTemplateOutput {

  /**
   * A compiled template.
   *
   * @param <T> what it is about
   */
  interface Template<T> {

    /** Writes it; without an interceptor, which is null. */
    void render(HtmlTemplateOutput output, HtmlInterceptor interceptor, T subject);
  }

  private PageOutput(StringOutput text) {
    super(text);
  }

  /** What a template writes about a subject, to be set into another. */
  static <T> Content content(Template<T> template, T subject) {
    return output -> template.render((HtmlTemplateOutput) output, null, subject);
  }

  /** The HTML of a content. */
  static String html(Content content) {
    StringOutput text = new StringOutput();
    content.writeTo(new PageOutput(text));
    return text.toString();
  }

  @Override
  public void writeUserContent(String value) {
    super.writeUserContent(value == null ? null : shown(value));
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isSeen = c == '\n' || c == '\t' || !VisibleText.isHidden(c);
      shown.append(isSeen ? c : VisibleText.REPLACEMENT);
    }
    return shown.toString();
  }
}
