package io.videottt.jobs.runtime;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * How storage is reached, in the same way before Spark starts, without Spark and on its executors:
 * {@code core-site.xml} on the class path, over it the properties {@code spark.hadoop.*}, and
 * Amazon's environment variables.
 */
public final class HadoopSettings {

  private HadoopSettings() {}

  /** The settings of a command that runs Spark. */
  public static Configuration of(SparkSettings settings) {
    return SparkHadoopUtil.get().newConfiguration(SparkSessions.conf(settings));
  }

  /** The settings of a command that does not; {@code spark.hadoop.*} as Java system properties. */
  public static Configuration standard() {
    return of(SparkSettings.DEFAULT);
  }
}
