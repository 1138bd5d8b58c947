package io.videottt.jobs.predict;

import io.videottt.base.Count;
import io.videottt.jobs.ml.PartitionModel;
import io.videottt.jobs.runtime.JobNames;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/** Predicts the segments of many images with Spark. */
public final class FolderSegmenter {

  private final SparkSession spark;
  private final String model;
  private final String device;

  public FolderSegmenter(SparkSession spark, String model, String device) {
    this.spark = spark;
    this.model = model;
    this.device = device;
  }

  /**
   * Writes the results of all images that can be read, and the JSON file about them.
   *
   * @return for every image that failed, the reason, naming the file
   */
  @SuppressWarnings("try") // the names are only there to be closed
  public List<String> run(List<Path> files, ImageSegmenter images, Configuration hadoop) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> names = files.stream().map(Path::toString).toList();
    int partitions = Math.min(names.size(), context.defaultParallelism());
    String folder = model;
    String where = device;
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    // What the JSON file needs may be more than the driver's memory holds, and is read twice.
    JavaRDD<ImageRecord> records =
        context
            .parallelize(names, partitions)
            .mapPartitions(
                part -> {
                  PartitionModel loaded =
                      PartitionModel.ofThisTask(folder, where, configuration.value());
                  return stream(part)
                      .map(name -> images.predictOrRecord(loaded.get(), name))
                      .iterator();
                })
            .persist(StorageLevel.MEMORY_AND_DISK());
    String work = "predict: " + Count.of(files.size(), "image");
    try (JobNames ignored = JobNames.of(spark, work)) {
      List<String> failures =
          records.filter(ImageRecord::hasFailed).map(ImageRecord::failure).collect();
      if (failures.size() < files.size()) {
        Supplier<Stream<ImageRecord>> predicted =
            () -> stream(records.filter(record -> !record.hasFailed()).toLocalIterator());
        images.task().writeSummary(predicted);
      }
      records.unpersist();
      return failures;
    }
  }

  private static <T> Stream<T> stream(Iterator<T> items) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, 0), false);
  }
}
