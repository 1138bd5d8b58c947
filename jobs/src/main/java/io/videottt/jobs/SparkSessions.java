package io.videottt.jobs;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark as this project needs it. */
final class SparkSessions {

  private static final Pattern IN_PROCESS = Pattern.compile("local($|\\[)");

  static final String MASTER = "spark.master";

  /** Progress travels with the heartbeats. */
  private static final String HEARTBEAT = "1s";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          // A video id such as 0001 must not become a number.
          "spark.sql.sources.partitionColumnTypeInference.enabled", "false",
          // A second copy of a video would only take the place of another video.
          "spark.speculation", "false",
          "spark.task.maxFailures", "4",
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

  /** The master that the options, spark-submit or the default name, in this order. */
  static String master(SparkOptions options) {
    return options
        .master()
        .or(() -> Optional.ofNullable(options.properties().get(MASTER)))
        .or(() -> Optional.ofNullable(System.getProperty(MASTER)))
        .orElse("local[*]");
  }

  static SparkSession start(String name, SparkOptions options) {
    SparkConf conf = new SparkConf();
    String master = master(options);
    conf.setMaster(master);
    conf.setAppName("video-ttt " + name);
    DEFAULTS.forEach(conf::setIfMissing);
    ExecutorEnvironment.PROPERTIES.forEach(conf::setIfMissing);
    if (master.startsWith("local")) {
      LOCAL.forEach(conf::setIfMissing);
    }
    if (!IN_PROCESS.matcher(master).lookingAt()) {
      conf.setIfMissing("spark.executor.heartbeatInterval", "5s");
      conf.setIfMissing(
          "spark.executor.extraJavaOptions",
          "-Dai.djl.offline=true -Dai.djl.pytorch.num_interop_threads=1");
    }
    options.properties().forEach(conf::set);
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
