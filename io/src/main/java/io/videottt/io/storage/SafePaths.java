package io.videottt.io.storage;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;

/** Keeps names that come from catalogue and list files below the data set's root. */
public final class SafePaths {

  private SafePaths() {}

  /** Refuses anything but a relative path without {@code ..}. */
  public static void requireRelative(String path, String what) {
    for (String part : path.split("/", -1)) {
      requireName(part, what);
    }
  }

  /** Refuses anything but the name of one file or folder. */
  public static void requireName(String name, String what) {
    boolean control = name.chars().anyMatch(Character::isISOControl);
    if (name.isBlank() || name.equals(".") || name.equals("..") || control) {
      throw unsafe(name, what);
    }
    if (name.indexOf('/') >= 0) {
      throw unsafe(name, what);
    }
  }

  /** Refuses anything but a name that may also stand in the names of other files. */
  public static void requireWord(String name, String what) {
    requireName(name, what);
    if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
      throw unsafe(name, what);
    }
  }

  private static InvalidInputException unsafe(String name, String what) {
    return new InvalidInputException(
        "%s \"%s\" is not a plain name below the data set's root"
            .formatted(what, Printable.line(name)));
  }
}
