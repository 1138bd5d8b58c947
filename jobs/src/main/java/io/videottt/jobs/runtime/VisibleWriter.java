package io.videottt.jobs.runtime;

import io.videottt.reports.table.VisibleText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes to a console what can be seen. Names that are printed may come from files of somebody
 * else: none of them moves the cursor, rewrites what stands there or sets a title.
 */
public final class VisibleWriter extends FilterWriter {

  private VisibleWriter(Writer out) {
    super(out);
  }

  /** A writer before another; lines are flushed when they end. */
  public static PrintWriter of(PrintWriter out) {
    return new PrintWriter(new VisibleWriter(out), true);
  }

  @Override
  public void write(int c) throws IOException {
    out.write(visible((char) c));
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    char[] visible = new char[length];
    for (int i = 0; i < length; i++) {
      visible[i] = visible(text[from + i]);
    }
    out.write(visible, 0, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    write(text.substring(from, from + length).toCharArray(), 0, length);
  }

  /** Line breaks and tabs stay. A carriage return stays where lines end in one. */
  private static char visible(char c) {
    boolean layout = c == '\n' || c == '\t' || c == '\r' && System.lineSeparator().indexOf(c) >= 0;
    return layout || !VisibleText.isHidden(c) ? c : VisibleText.REPLACEMENT;
  }
}
