package io.videottt.jobs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What Spark tells listeners of the jobs of this process; Spark makes it, by its name. */
public final class RecordedJobs extends SparkListener {

  private static final List<Job> JOBS = new CopyOnWriteArrayList<>();
  private static final List<String> PROGRESS = new CopyOnWriteArrayList<>();

  /** A job's names. */
  record Job(String group, String description) {}

  static void clear() {
    JOBS.clear();
    PROGRESS.clear();
  }

  static List<Job> jobs() {
    return JOBS;
  }

  /** What the page of a stage shows beside the tasks that have ended. */
  static List<String> progress() {
    return PROGRESS;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    JOBS.add(
        new Job(
            start.properties().getProperty("spark.jobGroup.id"),
            start.properties().getProperty("spark.job.description")));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    for (var infos = end.taskInfo().accumulables().iterator(); infos.hasNext(); ) {
      var info = infos.next();
      if (info.name().isDefined()
          && info.name().get().equals("progress")
          && info.update().isDefined()) {
        PROGRESS.add(info.update().get().toString());
      }
    }
  }
}
