package io.videottt.io.storage;

import io.videottt.base.InvalidInputException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A path as people write it: on the command line, in files, in environment variables. Any Hadoop
 * path is one, unless it carries a user name, a key or a password: paths are printed, logged and
 * stored with the results.
 */
public final class StorageLocation {

  private static final Pattern URI = Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://([^/\\s]*)");
  private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");

  /** Azure writes CONTAINER@ACCOUNT. */
  private static final Set<String> AZURE = Set.of("abfs", "abfss", "wasb", "wasbs");

  private StorageLocation() {}

  /**
   * A path from a user, relative to the file system's working folder.
   *
   * @param what is named in the message, for example {@code root}
   * @throws InvalidInputException when it is no path or carries credentials
   */
  public static Path parse(String text, String what) {
    requireNoCredentials(text, what);
    try {
      boolean relative = !text.startsWith("/") && !text.contains("://") && !text.isEmpty();
      int colon = text.indexOf(':');
      int slash = text.indexOf('/');
      // FILE:NAME is a file of that name; a scheme is followed by a path from the root.
      return relative && colon >= 0 && slash != colon + 1
          ? new Path(null, null, text)
          : new Path(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("%s \"%s\" is not a path".formatted(what, text), e);
    }
  }

  /**
   * Refuses credentials in a text that may be or hold a path, without repeating them.
   *
   * @param what is named in the message
   * @throws InvalidInputException when there are any
   */
  public static void requireNoCredentials(String text, String what) {
    Matcher uri = URI.matcher(text);
    while (uri.find()) {
      if (holdsCredentials(uri.group(1).toLowerCase(Locale.ROOT), uri.group(2))) {
        throw new InvalidInputException(
            "%s: %s://... carries a user name, key or password; paths end up in logs and results\n"
                    .formatted(what, uri.group(1))
                + "give the path without; credentials come from core-site.xml, the AWS_ environment"
                + " variables or the machine's role");
      }
    }
  }

  private static boolean holdsCredentials(String scheme, String authority) {
    if (S3.contains(scheme)) {
      // A bucket has no port. A secret may hold a slash, behind which the authority ends.
      return authority.contains("@") || authority.contains(":");
    }
    int at = authority.lastIndexOf('@');
    if (AZURE.contains(scheme)) {
      return at >= 0 && authority.substring(0, at).contains(":");
    }
    String port = authority.substring(authority.lastIndexOf(':') + 1);
    boolean noPort = authority.contains(":") && !authority.endsWith("]") && !port.matches("[0-9]*");
    return at >= 0 || noPort;
  }
}
