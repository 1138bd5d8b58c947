package io.videottt.catalog.file;

import io.videottt.base.InvalidInputException;
import java.io.FileNotFoundException;

/** A file of a data set that cannot be used, with the kind of its defect. */
public final class FileProblem extends InvalidInputException {

  /** What may be wrong with a file. */
  public enum Kind {
    /** A folder, list or file is not there. */
    MISSING,
    /** A file cannot be read or decoded, is cut off or too large. */
    UNREADABLE,
    /** An image and its labels differ in size. */
    WRONG_SIZE,
    /** A label file or annotation holds an id that is neither a class nor ignored. */
    UNKNOWN_LABEL,
    /** A panoptic image and its list of segments disagree. */
    SEGMENT_MISMATCH,
    /** The mask or the area of an object is damaged. */
    BAD_MASK,
    /** Labels or an annotation belong to an image that is not there. */
    UNKNOWN_IMAGE,
    /** A picture lies beside the frames under a name that is none of theirs. */
    NOT_READ,
    /** A split or a video of it has another number of frames than its authors publish. */
    NOT_AS_PUBLISHED
  }

  private final Kind kind;

  public FileProblem(Kind kind, String message) {
    super(printable(message));
    this.kind = kind;
  }

  public FileProblem(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A file that cannot be read, with the reason. */
  public static FileProblem unreadable(String source, String reason) {
    return new FileProblem(Kind.UNREADABLE, "%s: %s".formatted(source, reason));
  }

  /** One line, whatever characters the names of files hold. */
  private static String printable(String message) {
    return message.replaceAll("\\p{Cntrl}", "?");
  }

  /** What is wrong with a file that cannot be read, when its reader did not say of which kind. */
  public static FileProblem unreadable(InvalidInputException problem) {
    if (problem instanceof FileProblem known) {
      return known;
    }
    return new FileProblem(
        problem.getCause() instanceof FileNotFoundException ? Kind.MISSING : Kind.UNREADABLE,
        problem.getMessage(),
        problem);
  }

  /** The kind of the defect. */
  public Kind kind() {
    return kind;
  }
}
