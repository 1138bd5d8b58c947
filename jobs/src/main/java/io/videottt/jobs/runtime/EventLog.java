package io.videottt.jobs.runtime;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The folder of Spark's event logs, which Spark itself does not make. */
final class EventLog {

  private static final String ENABLED = "spark.eventLog.enabled";
  private static final String FOLDER = "spark.eventLog.dir";

  /** Where Spark writes when nothing is said. */
  private static final String DEFAULT_FOLDER = "file:///tmp/spark-events";

  private static final String LOCAL_SCHEME = "file";

  private EventLog() {}

  /**
   * Looks at the folder before Spark starts, which would end with a stack trace.
   *
   * @throws InvalidInputException when event logs are wanted and their folder is not there, with
   *     the ways out
   */
  static void requireFolder(SparkConf conf) {
    if (!conf.getBoolean(ENABLED, false)) {
      return;
    }
    String named = conf.get(FOLDER, DEFAULT_FOLDER);
    try {
      Path folder = located(named);
      boolean isFolder =
          folder
              .getFileSystem(SparkHadoopUtil.get().newConfiguration(conf))
              .getFileStatus(folder)
              .isDirectory();
      if (!isFolder) {
        throw refusal(named, "it is a file, not a folder", "name a folder");
      }
      if (isLocal(folder) && !Files.isWritable(java.nio.file.Path.of(folder.toUri().getPath()))) {
        throw refusal(named, "this folder cannot be written to", "make it writable");
      }
    } catch (FileNotFoundException e) {
      throw refusal(named, "there is no such folder", "make it (%s)".formatted(making(named)));
    } catch (IOException | IllegalArgumentException e) {
      throw refusal(
          named, "it cannot be looked at (%s)".formatted(FailureReason.of(e)), "mend that");
    }
  }

  /** A path without a scheme is one of this machine, also where other paths are on HDFS. */
  private static Path located(String folder) {
    return folder.contains(":")
        ? new Path(folder)
        : new Path(java.nio.file.Path.of(folder).toAbsolutePath().toUri());
  }

  private static boolean isLocal(Path folder) {
    return LOCAL_SCHEME.equals(folder.toUri().getScheme());
  }

  private static String making(String folder) {
    Path path = located(folder);
    return isLocal(path) ? "mkdir -p " + path.toUri().getPath() : "hadoop fs -mkdir -p " + folder;
  }

  private static InvalidInputException refusal(String folder, String reason, String wayOut) {
    return new InvalidInputException(
        "%s: %s: %s, and Spark's event logs are to be written there\n%s, or give another with --conf %1$s=DIR, or have none with --conf %s=false"
            .formatted(FOLDER, folder, reason, wayOut, ENABLED));
  }
}
