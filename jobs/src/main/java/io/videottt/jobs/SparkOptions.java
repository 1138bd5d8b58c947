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

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  Map<String, String> properties() {
    return properties;
  }
}
