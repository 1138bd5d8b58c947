package io.videottt.jobs.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a command starts Spark. Under spark-submit its own master and properties count unless these
 * name others.
 *
 * @param master Spark master, for example local[2] or spark://host:7077, where one is named
 * @param properties Spark properties by their keys
 */
public record SparkSettings(Optional<String> master, Map<String, String> properties) {

  /** Nothing named. */
  public static final SparkSettings DEFAULT = new SparkSettings(Optional.empty(), Map.of());

  public SparkSettings {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** The same settings with another master than local[*] when none is given. */
  public SparkSettings withDefaultMaster(String defaultMaster) {
    boolean named =
        master.isPresent()
            || properties.containsKey(SparkSessions.MASTER)
            || System.getProperty(SparkSessions.MASTER) != null;
    return named ? this : new SparkSettings(Optional.of(defaultMaster), properties);
  }
}
