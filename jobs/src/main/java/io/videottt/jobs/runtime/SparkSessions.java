package io.videottt.jobs.runtime;

import io.videottt.base.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.package$;
import org.apache.spark.sql.SparkSession;

/** Starts Spark as this project needs it. */
public final class SparkSessions {

  private static final Pattern IN_PROCESS = Pattern.compile("local($|\\[)");

  public static final String MASTER = "spark.master";

  private static final String PLUGINS = "spark.plugins";

  /** Progress travels with the heartbeats. */
  private static final String HEARTBEAT = "1s";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          // A video id such as 0001 must not become a number.
          "spark.sql.sources.partitionColumnTypeInference.enabled", "false",
          // Spark 4 would end a job where 3.5 has null (x / 0, a number in a text): here it has
          // null, too.
          "spark.sql.ansi.enabled", "false",
          // A second copy of a video would only take the place of another video.
          "spark.speculation", "false",
          // Reports read all partitions: looking for some to skip would only add subqueries.
          "spark.sql.optimizer.dynamicPartitionPruning.enabled", "false",
          // Folders of results are many and small: as many tasks would take longer than they.
          "spark.sql.sources.parallelPartitionDiscovery.parallelism", "64",
          "spark.task.maxFailures", "4",
          // Rows of results have more columns than the 25 that a plan's text shows with a warning.
          "spark.sql.debug.maxToStringFields", "200",
          "spark.sql.session.timeZone", "UTC");

  private static final Map<String, String> LOCAL =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.driver.host", "localhost",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.executor.heartbeatInterval", HEARTBEAT,
          "spark.sql.shuffle.partitions", "4",
          "spark.sql.adaptive.enabled", "false");

  private SparkSessions() {}

  /** The master that the settings, spark-submit or the default name, in this order. */
  static String master(SparkSettings settings) {
    return settings
        .master()
        .or(() -> Optional.ofNullable(settings.properties().get(MASTER)))
        .or(() -> Optional.ofNullable(System.getProperty(MASTER)))
        .orElse("local[*]");
  }

  /** The properties that Spark starts with. */
  static SparkConf conf(SparkSettings settings) {
    SparkConf conf = new SparkConf();
    Map<String, String> properties = settings.properties();
    String master = master(settings);
    conf.setMaster(master);
    DEFAULTS.forEach(conf::setIfMissing);
    ExecutorEnvironment.PROPERTIES.forEach(conf::setIfMissing);
    HadoopSettings.endpoint(System.getenv())
        .ifPresent(url -> conf.setIfMissing("spark.hadoop." + HadoopSettings.ENDPOINT, url));
    if (master.startsWith("local")) {
      LOCAL.forEach(conf::setIfMissing);
    }
    if (!IN_PROCESS.matcher(master).lookingAt()) {
      conf.setIfMissing("spark.executor.heartbeatInterval", "5s");
      conf.setIfMissing(
          "spark.executor.extraJavaOptions",
          "-Dai.djl.offline=true -Dai.djl.pytorch.num_interop_threads=1");
      conf.setIfMissing("spark.jars", jars());
    }
    properties.forEach(conf::set);
    return conf.setMaster(master);
  }

  /** Executors on other machines fetch them from the driver. */
  private static String jars() {
    ApplicationJars jars = ApplicationJars.ofTheLauncher();
    return Stream.concat(Stream.of(jars.application()), jars.libraries().stream())
        .filter(Files::isRegularFile)
        .map(Path::toString)
        .collect(Collectors.joining(","));
  }

  /**
   * Starts Spark.
   *
   * @throws InvalidInputException when the master needs a Spark distribution and there is none,
   *     when this build is for another Spark, or when event logs are to go where no folder is
   */
  public static SparkSession start(String name, SparkSettings settings) {
    return start(name, conf(settings));
  }

  /**
   * The same with a plugin of this program beside those that the settings name.
   *
   * @throws InvalidInputException as {@link #start(String, SparkSettings)}
   */
  public static SparkSession start(
      String name, SparkSettings settings, Class<? extends SparkPlugin> plugin) {
    SparkConf conf = conf(settings);
    String others = conf.get(PLUGINS, "");
    return start(
        name,
        conf.set(PLUGINS, others.isEmpty() ? plugin.getName() : others + "," + plugin.getName()));
  }

  private static SparkSession start(String name, SparkConf conf) {
    Platform.ofThisBuild().requireSpark(package$.MODULE$.SPARK_VERSION());
    conf.setAppName("video-ttt " + name);
    requireClient(conf.get(MASTER));
    EventLog.requireFolder(conf);
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    JobNames.standard(spark, name);
    return spark;
  }

  private static void requireClient(String master) {
    String client = null;
    if (master.equals("yarn")) {
      client = "org.apache.spark.deploy.yarn.Client";
    } else if (master.startsWith("k8s://")) {
      client = "org.apache.spark.deploy.k8s.submit.KubernetesClientApplication";
    }
    if (client != null && SparkSessions.class.getResource(resource(client)) == null) {
      throw new InvalidInputException(
          "master %s needs a Spark distribution\nrun what --print-command prints with its spark-submit"
              .formatted(master));
    }
  }

  private static String resource(String type) {
    return "/" + type.replace('.', '/') + ".class";
  }
}
