package io.videottt.catalog.file;

import java.util.Locale;
import java.util.Set;

/**
 * Files and folders that operating systems, file managers and archive programs leave beside data:
 * hidden ones, thumbnails, resource forks, bins. They are never taken for data.
 */
public final class SystemFiles {

  /** In lower case, since file managers do not agree about it. */
  private static final Set<String> NAMES =
      Set.of(
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "icon\r",
          "@eadir",
          "#recycle",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "__macosx");

  private SystemFiles() {}

  /**
   * Whether a file or folder of this name is no data.
   *
   * @param name without the folders above it
   */
  public static boolean isOne(String name) {
    return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
