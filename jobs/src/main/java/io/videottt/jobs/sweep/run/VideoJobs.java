package io.videottt.jobs.sweep.run;

import io.videottt.base.Count;
import io.videottt.base.Printable;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark jobs over the videos of a plan: a job with one task for each piece of work, all of them
 * in one group, so that Spark's pages say which videos run, wait and are done. They are submitted
 * at once and in order; Spark starts the tasks of earlier jobs first, as it does those of one job.
 */
public final class VideoJobs {

  private static final int NONE = -1;

  private final SparkSession spark;
  private final String group;

  /**
   * @param group what all the work is, for example "sweep kitti-step: 21 videos, 294 units"
   */
  public VideoJobs(SparkSession spark, String group) {
    this.spark = spark;
    this.group = group;
  }

  /** What all the work of some tasks is. */
  public static String group(String name, List<VideoWork> tasks) {
    long videos =
        tasks.stream()
            .map(task -> List.of(task.dataset().name(), task.split(), task.video()))
            .distinct()
            .count();
    return "%s: %s, %s"
        .formatted(Printable.line(name), Count.of(videos, "video"), Count.of(units(tasks), "unit"));
  }

  private static long units(List<VideoWork> tasks) {
    return tasks.stream().mapToLong(task -> task.units().size()).sum();
  }

  /**
   * Runs the work.
   *
   * @param tasks in the order in which they are to start
   * @param worker what an executor does with a task
   * @return the results of all tasks, in the order of the tasks
   * @throws CompletionException when Spark has given up a task; the others are cancelled then
   */
  public <T> List<T> run(List<VideoWork> tasks, FlatMapFunction<VideoWork, T> worker)
      throws InterruptedIOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    FirstFailure failure = new FirstFailure(context);
    spark.sparkContext().addSparkListener(failure);
    try {
      List<JavaFutureAction<List<T>>> jobs = submit(context, tasks, worker);
      return results(context, jobs, failure);
    } finally {
      spark.sparkContext().removeSparkListener(failure);
    }
  }

  @SuppressWarnings("try") // the names are only there to be closed
  private <T> List<JavaFutureAction<List<T>>> submit(
      JavaSparkContext context, List<VideoWork> tasks, FlatMapFunction<VideoWork, T> worker) {
    boolean severalSplits =
        tasks.stream().map(task -> task.dataset().name() + " " + task.split()).distinct().count()
            > 1;
    List<JavaFutureAction<List<T>>> jobs = new ArrayList<>();
    for (VideoWork task : tasks) {
      try (JobNames ignored = JobNames.of(spark, group, describe(task, severalSplits));
          SweepSize size = SweepSize.of(context, task)) {
        jobs.add(context.parallelize(List.of(task), 1).flatMap(worker).collectAsync());
      }
    }
    return jobs;
  }

  private static String describe(VideoWork task, boolean severalSplits) {
    String video = "video " + Printable.line(task.video());
    if (severalSplits) {
      video += " of %s %s".formatted(task.dataset().name(), Printable.line(task.split()));
    }
    String units = Count.of(task.units().size(), "unit");
    return task.groups().size() == 1
        ? "%s: %s of %s".formatted(video, units, task.groups().get(0).adaptation().method().title())
        : video + ": " + units;
  }

  private <T> List<T> results(
      JavaSparkContext context, List<JavaFutureAction<List<T>>> jobs, FirstFailure failure)
      throws InterruptedIOException {
    List<T> results = new ArrayList<>();
    try {
      for (JavaFutureAction<List<T>> job : jobs) {
        results.addAll(job.get());
      }
      return results;
    } catch (ExecutionException e) {
      context.cancelJobGroup(group);
      throw new CompletionException(failure.of(jobs, e));
    } catch (InterruptedException e) {
      context.cancelJobGroup(group);
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("stopped");
      stopped.initCause(e);
      throw stopped;
    }
  }

  /** Cancels all work when a piece of it has failed for good, and remembers which that was. */
  private final class FirstFailure extends SparkListener {

    private final JavaSparkContext context;
    private final AtomicInteger job = new AtomicInteger(NONE);

    FirstFailure(JavaSparkContext context) {
      this.context = context;
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      if (end.jobResult() != JobSucceeded$.MODULE$ && job.compareAndSet(NONE, end.jobId())) {
        context.cancelJobGroup(group);
      }
    }

    /** Why the first job failed; those that were cancelled for it say only that. */
    <T> Throwable of(List<JavaFutureAction<List<T>>> jobs, ExecutionException seen) {
      for (JavaFutureAction<List<T>> each : jobs) {
        if (each.jobIds().contains(job.get())) {
          try {
            each.get();
          } catch (ExecutionException e) {
            return e.getCause();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      }
      return seen.getCause();
    }
  }
}
