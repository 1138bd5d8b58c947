package io.videottt.jobs.runtime;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * What a build is for: classes of one Spark and Scala do not run in another.
 *
 * @param spark its version's first two numbers, for example 4.1
 * @param scala likewise
 * @param version of this program
 */
record Platform(String spark, String scala, String version) {

  private static final List<String> KNOWN = List.of("4.1", "3.5");

  /** The platform of the build that this class is of. */
  static Platform ofThisBuild() {
    Properties properties = new Properties();
    try (InputStream file = Platform.class.getResourceAsStream("platform.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Platform(
        properties.getProperty("spark"),
        properties.getProperty("scala"),
        properties.getProperty("version"));
  }

  /**
   * Checks that this build fits a Spark.
   *
   * @param running the version of the Spark that is at hand, for example 4.1.1
   * @throws InvalidInputException when another build, or none, is for it
   */
  void requireSpark(String running) {
    if (running.startsWith(spark + ".")) {
      return;
    }
    String advice =
        KNOWN.stream()
            .filter(other -> running.startsWith(other + "."))
            .findFirst()
            .map(
                other ->
                    "take videottt-jobs-%s-spark-%s.jar and its libraries"
                        .formatted(version, other))
            .orElse("there are builds for Spark " + String.join(" and ", KNOWN));
    throw new InvalidInputException(
        "videottt-jobs-%s-spark-%s.jar is for Spark %s with Scala %s, but this is Spark %s\n%s"
            .formatted(version, spark, spark, scala, running, advice));
  }
}
