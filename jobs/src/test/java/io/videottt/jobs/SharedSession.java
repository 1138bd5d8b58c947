package io.videottt.jobs;

import io.videottt.jobs.results.SyntheticResults;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Spark for all tests of a class: it starts slower than they run. */
public final class SharedSession implements BeforeAllCallback, AfterAllCallback {

  private SparkSession spark;

  public SparkSession get() {
    return spark;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    spark = SyntheticResults.session();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    spark.stop();
  }
}
