package io.videottt.base;

/**
 * Something that came from outside (a file, a configuration key, an argument) cannot be used.
 *
 * <p>The message is written for the person who has to mend it: one or two lines that name the file,
 * the value and the way out. Commands print it without a stack trace and exit with status 1.
 * Control characters in it are spelled out, as by {@link Printable#lines}; what repeats a text that
 * may hold line breaks passes it through {@link Printable#line}.
 */
public class InvalidInputException extends RuntimeException {

  /**
   * @param message one or two lines naming the file, the value and the way out
   */
  public InvalidInputException(String message) {
    super(Printable.lines(message));
  }

  /**
   * @param message one or two lines naming the file, the value and the way out
   * @param cause what was noticed first
   */
  public InvalidInputException(String message, Throwable cause) {
    super(Printable.lines(message), cause);
  }
}
