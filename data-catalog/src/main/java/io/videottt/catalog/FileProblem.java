package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import java.io.FileNotFoundException;

/** A file of a data set that cannot be used, with the kind of its defect. */
final class FileProblem extends InvalidInputException {

  private final CatalogCheck.Kind kind;

  FileProblem(CatalogCheck.Kind kind, String message) {
    super(printable(message));
    this.kind = kind;
  }

  FileProblem(CatalogCheck.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A file that cannot be read, with the reason. */
  static FileProblem unreadable(String source, String reason) {
    return new FileProblem(CatalogCheck.Kind.UNREADABLE, "%s: %s".formatted(source, reason));
  }

  /** One line, whatever characters the names of files hold. */
  private static String printable(String message) {
    return message.replaceAll("\\p{Cntrl}", "?");
  }

  /** What is wrong with a file that cannot be read, when its reader did not say of which kind. */
  static FileProblem unreadable(InvalidInputException problem) {
    if (problem instanceof FileProblem known) {
      return known;
    }
    return new FileProblem(
        problem.getCause() instanceof FileNotFoundException
            ? CatalogCheck.Kind.MISSING
            : CatalogCheck.Kind.UNREADABLE,
        problem.getMessage(),
        problem);
  }

  CatalogCheck.Kind kind() {
    return kind;
  }
}
