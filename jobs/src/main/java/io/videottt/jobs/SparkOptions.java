package io.videottt.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where Spark runs. Under spark-submit its own master and properties count unless given here. */
final class SparkOptions {

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master, for example local[2] or spark://host:7077 (default: spark-submit's, else"
              + " local[*]).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A Spark property; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** The same options with another master than local[*] when none is given. */
  SparkOptions withDefaultMaster(String defaultMaster) {
    SparkOptions options = new SparkOptions();
    options.properties = properties;
    options.master = master;
    if (master == null
        && !properties.containsKey(SparkSessions.MASTER)
        && System.getProperty(SparkSessions.MASTER) == null) {
      options.master = defaultMaster;
    }
    return options;
  }

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  Map<String, String> properties() {
    return properties;
  }
}
