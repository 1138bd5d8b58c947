package io.videottt.jobs.cli;

import io.videottt.jobs.runtime.ApplicationJars;
import io.videottt.jobs.runtime.ExecutorEnvironment;
import io.videottt.jobs.runtime.SparkSessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** Writes the spark-submit command that is equivalent to a launcher command. */
final class SparkSubmitCommand {

  /** Spark's own idea of what must not be printed ({@code spark.redaction.regex}). */
  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.]?key");

  private static final String JAVA_OPTIONS = "-Dai.djl.offline=true";

  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String LOGGING = "-Dlog4j2.configurationFile=";

  private SparkSubmitCommand() {}

  /**
   * The command.
   *
   * @param entry class that spark-submit starts
   * @param arguments of the launcher
   * @param leaf the command that they name, with its options
   */
  static String of(Class<?> entry, List<String> arguments, ParseResult leaf) {
    List<String> words = new ArrayList<>();
    words.add("spark-submit");
    words.add("--class " + entry.getName());
    Map<String, String> ofFile = Map.of();
    Path file = leaf.matchedOptionValue(SparkOptions.PROPERTIES_FILE, null);
    if (file != null) {
      words.add(SparkOptions.PROPERTIES_FILE + " " + quoted(file.toString()));
      ofFile = SparkOptions.read(file);
    }
    String master = leaf.matchedOptionValue(SparkOptions.MASTER, null);
    if (master != null || !ofFile.containsKey(SparkSessions.MASTER)) {
      words.add("--master " + quoted(master == null ? "local[*]" : master));
    }
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spark.executor.extraJavaOptions", JAVA_OPTIONS);
    properties.putAll(ExecutorEnvironment.PROPERTIES);
    // What stands in the file goes before what this command would add.
    properties.keySet().removeAll(ofFile.keySet());
    properties.putAll(leaf.matchedOptionValue(SparkOptions.PROPERTY, Map.<String, String>of()));
    String driver =
        properties.getOrDefault(DRIVER_OPTIONS, ofFile.getOrDefault(DRIVER_OPTIONS, JAVA_OPTIONS));
    properties.put(DRIVER_OPTIONS, driver.contains(LOGGING) ? driver : driver + " " + logging());
    properties.forEach((key, value) -> words.add("--conf " + quoted(property(key, value))));
    ApplicationJars jars = ApplicationJars.ofTheLauncher();
    words.add(
        "--jars "
            + quoted(
                jars.libraries().stream().map(Path::toString).collect(Collectors.joining(","))));
    words.add(quoted(jars.application().toString()));
    words.add(
        SubmitCommandPrinter.applicationArguments(arguments).stream()
            .map(SparkSubmitCommand::quoted)
            .collect(Collectors.joining(" ")));
    return String.join(" \\\n  ", words);
  }

  /** Without it a driver's log is Spark's, a line of this program among hundreds of its. */
  private static String logging() {
    Path file =
        Path.of(System.getProperty("videottt.home", "."), "conf", "spark", "log4j2.properties");
    return LOGGING + file.toAbsolutePath().normalize().toUri();
  }

  private static String property(String key, String value) {
    return key + "=" + (SECRET.matcher(key).find() ? "(not printed)" : value);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
