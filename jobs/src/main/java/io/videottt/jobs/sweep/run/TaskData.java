package io.videottt.jobs.sweep.run;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.DataSet;
import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the data of a Spark task: the executor reads all of the video's files anyway, so it is
 * here, and once per task, that their checksums are taken.
 */
final class TaskData {

  private static final Logger LOG = LoggerFactory.getLogger(TaskData.class);

  private TaskData() {}

  /**
   * Remembers what the task's units are computed on.
   *
   * @return its id; empty when a file cannot be read, which the units will say
   * @throws IOException when the results cannot be written
   */
  static String remember(VideoWork task, ResultsFolder results, Configuration hadoop, String run)
      throws IOException {
    UnitData data;
    try {
      data =
          UnitData.of(
              task.dataset().name(),
              task.split(),
              task.video(),
              DataSet.of(task.dataset(), hadoop).files(task.split(), task.video()),
              true);
    } catch (IOException | InvalidInputException e) {
      LOG.info("the data of {} is not remembered: {}", task.video(), e.getMessage());
      return "";
    }
    if (!isRemembered(data, results)) {
      results.commitData(data, run);
    }
    return data.id();
  }

  /** Memory that is there may name units that were adopted, and stays. */
  private static boolean isRemembered(UnitData data, ResultsFolder results) throws IOException {
    try {
      return results.data(data.id()).isPresent();
    } catch (InvalidInputException e) {
      LOG.warn("{}", e.getMessage());
      return false;
    }
  }
}
