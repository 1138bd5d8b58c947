package io.videottt.jobs.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * How storage is reached, in the same way before Spark starts, without Spark and on its executors:
 * {@code core-site.xml} on the class path, over it the properties {@code spark.hadoop.*}, and
 * Amazon's environment variables.
 */
public final class HadoopSettings {

  private static final String SPARK_PREFIX = "spark.";

  /** Spark reads this file, too, if it is on the class path. */
  private static final String HIVE_SETTINGS = "hive-site.xml";

  /** What Spark sets where nothing else does. */
  private static final Map<String, String> SET_BY_SPARK =
      Map.of(
          "io.file.buffer.size", "65536",
          "mapreduce.fileoutputcommitter.algorithm.version", "1",
          "fs.s3a.downgrade.syncable.exceptions", "true");

  static final String ENDPOINT = "fs.s3a.endpoint";
  private static final String REGION = "fs.s3a.endpoint.region";

  private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";
  private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";

  private HadoopSettings() {}

  /**
   * Begins, in a thread of its own, to open the jars that the settings are searched in: 50 ms which
   * pass while the command line is read. Neither Hadoop nor logging is touched.
   */
  public static void openJars() {
    ClassLoader jars = HadoopSettings.class.getClassLoader();
    Thread thread = new Thread(() -> jars.getResource(HIVE_SETTINGS), "jars");
    thread.setDaemon(true);
    thread.start();
  }

  /** The settings of a command that runs Spark. */
  public static Configuration of(SparkSettings settings) {
    return SparkHadoopUtil.get().newConfiguration(SparkSessions.conf(settings));
  }

  /** The settings of a command that does not; {@code spark.hadoop.*} as Java system properties. */
  public static Configuration standard() {
    return spokenToSpark() ? of(SparkSettings.DEFAULT) : withoutSpark(System.getenv());
  }

  /**
   * The object store that Amazon's environment variables name, beside credentials. Spark 4 takes it
   * from there itself, Spark 3.5 does not.
   */
  static Optional<String> endpoint(Map<String, String> environment) {
    return environment.containsKey(KEY_ID) && environment.containsKey(SECRET_KEY)
        ? Optional.ofNullable(environment.get(ENDPOINT_URL))
        : Optional.empty();
  }

  private static boolean spokenToSpark() {
    return System.getProperties().stringPropertyNames().stream()
            .anyMatch(name -> name.startsWith(SPARK_PREFIX))
        || HadoopSettings.class.getClassLoader().getResource(HIVE_SETTINGS) != null;
  }

  /**
   * What Spark makes of its own defaults, made without loading it: a third of the time that a short
   * command takes.
   *
   * @param environment the process's environment variables
   */
  static Configuration withoutSpark(Map<String, String> environment) {
    Configuration hadoop = new Configuration();
    String keyId = environment.get(KEY_ID);
    String secretKey = environment.get(SECRET_KEY);
    if (keyId != null && secretKey != null) {
      for (String scheme : List.of("s3", "s3n")) {
        hadoop.set("fs.%s.awsAccessKeyId".formatted(scheme), keyId);
        hadoop.set("fs.%s.awsSecretAccessKey".formatted(scheme), secretKey);
      }
      hadoop.set("fs.s3a.access.key", keyId);
      hadoop.set("fs.s3a.secret.key", secretKey);
      endpoint(environment).ifPresent(url -> hadoop.set(ENDPOINT, url));
      String sessionToken = environment.get(SESSION_TOKEN);
      if (sessionToken != null) {
        hadoop.set("fs.s3a.session.token", sessionToken);
      }
    }
    SET_BY_SPARK.forEach(hadoop::set);
    // Spark 4 leaves this one to the client of Amazon's newer SDK.
    if (Platform.ofThisBuild().spark().startsWith("3.")
        && hadoop.get(ENDPOINT, "").isEmpty()
        && hadoop.get(REGION) == null) {
      hadoop.set(ENDPOINT, "s3.amazonaws.com");
    }
    return hadoop;
  }
}
