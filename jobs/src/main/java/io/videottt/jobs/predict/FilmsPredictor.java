package io.videottt.jobs.predict;

import io.videottt.base.Count;
import io.videottt.jobs.ml.PartitionModel;
import io.videottt.jobs.runtime.JobNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Predicts several films with Spark, each by one task. */
public final class FilmsPredictor {

  private final SparkSession spark;
  private final String model;
  private final String device;

  public FilmsPredictor(SparkSession spark, String model, String device) {
    this.spark = spark;
    this.model = model;
    this.device = device;
  }

  /** Writes the results of all films that can be read; what became of each, in their order. */
  @SuppressWarnings("try") // the names are only there to be closed
  public List<VideoPredictor.Outcome> run(
      List<Path> films, VideoPredictor predictor, Configuration hadoop) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> names = films.stream().map(Path::toString).toList();
    String folder = model;
    String where = device;
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    try (JobNames ignored = JobNames.of(spark, "predict: " + Count.of(films.size(), "video"))) {
      return context
          .parallelize(names, names.size())
          .mapPartitions(
              part -> {
                PartitionModel loaded =
                    PartitionModel.ofThisTask(folder, where, configuration.value());
                List<VideoPredictor.Outcome> outcomes = new ArrayList<>();
                part.forEachRemaining(
                    name -> outcomes.add(predictor.filmOrReason(loaded.get(), name)));
                return outcomes.iterator();
              })
          .collect();
    }
  }
}
