package io.videottt.jobs.runtime;

import io.videottt.reports.table.VisibleText;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;

/**
 * A line of progress: rewritten in place on a terminal, printed anew every so often elsewhere. Safe
 * to use from several threads.
 */
public final class ProgressLine {

  /** The device of the terminal, set by the launcher when standard error is one. */
  private static final String TERMINAL_PROPERTY = "videottt.terminal";

  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(15);

  private final PrintWriter out;
  private final boolean inPlace;
  private final long intervalNanos;
  private long lastNanos;
  private int lastLength;
  private String pending;

  public ProgressLine(PrintWriter out, boolean inPlace, Duration interval) {
    this.out = out;
    this.inPlace = inPlace;
    this.intervalNanos = interval.toNanos();
    this.lastNanos = System.nanoTime() - intervalNanos;
  }

  /**
   * A line on the terminal if there is one.
   *
   * @param otherwise where lines go without a terminal
   */
  public static ProgressLine on(PrintWriter otherwise) {
    String terminal = System.getProperty(TERMINAL_PROPERTY, "");
    if (!terminal.isEmpty()) {
      try {
        return new ProgressLine(
            new PrintWriter(new FileWriter(terminal, Charset.defaultCharset(), true)),
            true,
            ON_TERMINAL);
      } catch (IOException e) {
        // The terminal went away: lines are as good.
        return new ProgressLine(otherwise, false, ELSEWHERE);
      }
    }
    return new ProgressLine(otherwise, false, ELSEWHERE);
  }

  /** Shows the text unless another was shown a moment ago. */
  public synchronized void show(String text) {
    long now = System.nanoTime();
    pending = text;
    if (now - lastNanos < intervalNanos) {
      return;
    }
    lastNanos = now;
    print(text);
  }

  private void print(String line) {
    pending = null;
    String text = VisibleText.of(line);
    if (inPlace) {
      out.print("\r" + text + " ".repeat(Math.max(0, lastLength - text.length())));
      lastLength = text.length();
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Ends the line: what follows starts on a new one. */
  public synchronized void end() {
    if (pending != null) {
      print(pending);
    }
    if (inPlace && lastLength > 0) {
      out.println();
      out.flush();
      lastLength = 0;
    }
  }

  /** A length of time as a person says it, for example {@code 3 min 20 s}. */
  public static String readable(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return "%d min %02d s".formatted(whole / 60, whole % 60);
    }
    return "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
