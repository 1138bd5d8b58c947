package io.videottt.jobs.runtime;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The names under which Spark shows jobs, in its pages, its event logs and to its listeners: a
 * group, which is one piece of work of this program, and a description of the single job. They hold
 * for the jobs that the thread starts, and the threads that it begins, until they are closed; then
 * the names from before hold again.
 */
public final class JobNames implements AutoCloseable {

  /** The keys of SparkContext.setJobGroup, which cannot put back what was there. */
  private static final String GROUP = "spark.jobGroup.id";

  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext context;
  private final String formerGroup;
  private final String formerDescription;

  private JobNames(SparkContext context, String group, String description) {
    this.context = context;
    this.formerGroup = context.getLocalProperty(GROUP);
    this.formerDescription = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(GROUP, group);
    context.setLocalProperty(DESCRIPTION, description);
  }

  /** Names the jobs of a piece of work. */
  public static JobNames of(SparkSession spark, String group, String description) {
    return new JobNames(spark.sparkContext(), group, description);
  }

  /** Names jobs of the piece of work that is going on. */
  public static JobNames of(SparkSession spark, String description) {
    return of(spark, spark.sparkContext().getLocalProperty(GROUP), description);
  }

  /**
   * The names of the jobs that no piece of work names.
   *
   * @param command that is running
   */
  static void standard(SparkSession spark, String command) {
    spark.sparkContext().setLocalProperty(GROUP, command);
    spark.sparkContext().setLocalProperty(DESCRIPTION, command);
  }

  /** All rows of a query, computed by jobs of this description. */
  @SuppressWarnings("try") // the names are only there to be closed
  public static List<Row> rows(String description, Dataset<Row> query) {
    try (JobNames ignored = of(query.sparkSession(), description)) {
      return query.collectAsList();
    }
  }

  @Override
  public void close() {
    context.setLocalProperty(GROUP, formerGroup);
    context.setLocalProperty(DESCRIPTION, formerDescription);
  }
}
