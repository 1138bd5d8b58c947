package io.videottt.jobs.cli;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.runtime.SparkSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Where Spark runs. Under spark-submit its own master and properties count unless given here. */
public final class SparkOptions {

  static final String MASTER = "--master";
  static final String PROPERTY = "--conf";
  static final String PROPERTIES_FILE = "--properties-file";

  private static final long LARGEST_FILE_BYTES = 1 << 20;

  @Option(
      names = MASTER,
      paramLabel = "URL",
      description =
          "Spark master, for example local[2] or spark://host:7077 (default: spark-submit's, else"
              + " local[*]).")
  private String master;

  @Option(
      names = PROPERTY,
      paramLabel = "KEY=VALUE",
      description = "A Spark property; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = PROPERTIES_FILE,
      paramLabel = "FILE",
      description = "Spark properties, see conf/spark/; --master and --conf go before it.")
  private Path file;

  /**
   * What the user has named: the file's properties and over them the single ones.
   *
   * @throws InvalidInputException when the file cannot be read
   */
  public SparkSettings settings() {
    Map<String, String> all = new LinkedHashMap<>();
    if (file != null) {
      all.putAll(read(file));
    }
    all.putAll(properties);
    return new SparkSettings(Optional.ofNullable(master), all);
  }

  /** Reads a file as spark-submit does. */
  public static Map<String, String> read(Path file) {
    Properties read = new Properties();
    try {
      if (!Files.isRegularFile(file)) {
        throw new InvalidInputException(
            "%s: %s; conf/spark/ has some"
                .formatted(
                    file,
                    Files.isDirectory(file)
                        ? "a folder, no properties file"
                        : "no such properties file"));
      }
      if (Files.size(file) > LARGEST_FILE_BYTES) {
        throw new InvalidInputException(
            "%s: more than %d bytes, too large for Spark properties"
                .formatted(file, LARGEST_FILE_BYTES));
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: cannot be read as Spark properties (%s)".formatted(file, FailureReason.of(e)), e);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    for (String key : read.stringPropertyNames()) {
      if (!key.startsWith("spark.")) {
        throw new InvalidInputException(
            "%s: unknown key '%s'; Spark's properties start with 'spark.'".formatted(file, key));
      }
      properties.put(key, read.getProperty(key).strip());
    }
    return properties;
  }
}
