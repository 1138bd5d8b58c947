package io.videottt.base;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why reading or writing failed, in a sentence instead of the names that Java has for it. */
public final class FailureReason {

  /** What wrappers put before the message of what they wrap. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("^(?:[a-z]\\w*\\.)+\\w*(?:Exception|Error): ");

  /** Where a bracket was opened, which a parser of JSON tells in the names of its own classes. */
  private static final Pattern BRACKET_SOURCE =
      Pattern.compile(" \\((start marker|for \\w+ starting) at .*");

  /**
   * Why a local file was not opened, which the class is the same for as for one that is missing.
   */
  private static final Pattern OPENING =
      Pattern.compile("(?<file>.*) \\((?<reason>[A-Z][^()]*)\\)");

  /** The same of HDFS and of object stores. */
  private static final Pattern FOLDER =
      Pattern.compile(
          "^Path is not a file: |\\b(it|path) is a directory\\b", Pattern.CASE_INSENSITIVE);

  private static final String IS_FOLDER = "it is a folder, not a file";

  /** How it calls what stands behind the end. */
  private static final String TRAILING = "Trailing token";

  private FailureReason() {}

  /**
   * What a parser of JSON complains of, on one line and without what it says of itself.
   *
   * @param complaint the parser's own message, without its place; null where it has none
   */
  public static String ofJson(String complaint) {
    String line = complaint == null ? "" : complaint.lines().findFirst().orElse("");
    return line.startsWith(TRAILING)
        ? "something follows the end of the JSON value"
        : Printable.line(BRACKET_SOURCE.matcher(line).replaceAll(""));
  }

  /** One line: what the failure says, and its kind where that does not explain itself. */
  public static String of(Throwable failure) {
    String message = message(failure);
    if (failure instanceof EOFException) {
      return message.isEmpty() ? "it ends too early" : "it ends too early: " + message;
    }
    // The messages of these are a path and nothing else.
    if (failure instanceof FileNotFoundException) {
      Matcher told = OPENING.matcher(message);
      if (told.matches()) {
        return reasonOfOpening(told.group("reason")) + behind(told.group("file"));
      }
      if (FOLDER.matcher(message).find()) {
        return IS_FOLDER + behind(message);
      }
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return "there is no such file or folder" + behind(message);
    }
    if (failure instanceof AccessDeniedException) {
      return "access is denied" + behind(message);
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "something of that name is there already" + behind(message);
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty" + behind(message);
    }
    if (failure instanceof NotDirectoryException) {
      return "it is no folder" + behind(message);
    }
    if (failure instanceof UnknownHostException) {
      return "there is no such host" + behind(message);
    }
    // The messages of others of its kind begin with the paths, of which one may be unfinished.
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return Printable.line(file.getReason());
    }
    return message.isEmpty() ? "no reason is given" : message;
  }

  private static String reasonOfOpening(String reason) {
    return switch (reason) {
      case "Is a directory" -> IS_FOLDER;
      case "No such file or directory" -> "there is no such file or folder";
      case "Permission denied" -> "access is denied";
      case "Not a directory" -> "a part of its path is a file, not a folder";
      default -> reason;
    };
  }

  private static String behind(String message) {
    return message.isEmpty() ? "" : ": " + message;
  }

  private static String message(Throwable failure) {
    String text = failure.getMessage() == null ? "" : failure.getMessage();
    String line = text.lines().findFirst().orElse("");
    for (String shorter = null; !line.equals(shorter); ) {
      shorter = line;
      line = CLASS_NAME.matcher(line).replaceFirst("");
    }
    return Printable.lines(line);
  }
}
