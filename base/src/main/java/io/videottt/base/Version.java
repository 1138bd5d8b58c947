package io.videottt.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of the project and the commit that it was built from, which results and reports name
 * as what made them. The build writes both into a resource.
 */
public final class Version {

  private static final String RESOURCE = "version.properties";
  private static final String NO_COMMIT = "unknown";
  private static final Properties BUILD = read();

  private Version() {}

  /** For example 0.1.0. */
  public static String number() {
    return BUILD.getProperty("version");
  }

  /** The first ten digits of the commit, or {@code unknown} where no repository was there. */
  public static String commit() {
    return BUILD.getProperty("commit");
  }

  /** With the project's name and the commit, as {@code --version} prints it. */
  public static String name() {
    return "spark-video-ttt "
        + number()
        + (commit().equals(NO_COMMIT) ? "" : " (" + commit() + ")");
  }

  private static Properties read() {
    try (InputStream stream = Version.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " is missing from the class path", e);
    }
  }
}
