package io.videottt.jobs.predict;

import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.ml.ClassMasks;
import io.videottt.jobs.ml.ImageRows;
import io.videottt.jobs.ml.SegmentPartition;
import io.videottt.jobs.runtime.JobNames;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Segments many images with Spark. The files are read by {@link ImageFiles}, not by Spark's image
 * source, so that the same files are refused and the same pixels come out as for a single image.
 */
public final class FolderLabeller {

  private static final String IMAGE = "image";

  private static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            DataTypes.createStructField(IMAGE, ImageRows.SCHEMA, false),
            DataTypes.createStructField("failure", DataTypes.StringType, true)
          });

  private final SparkSession spark;
  private final PredictionOutput output;

  public FolderLabeller(SparkSession spark, PredictionOutput output) {
    this.spark = spark;
    this.output = output;
  }

  /**
   * Writes the results of all images that can be read.
   *
   * @param files the images
   * @param segmentation model and settings; images that cannot be read are to be kept
   * @return for every image that failed, the reason, naming the file
   */
  @SuppressWarnings("try") // the names are only there to be closed
  public List<String> run(List<Path> files, SegmentPartition segmentation) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> names = files.stream().map(Path::toString).toList();
    int partitions = Math.min(names.size(), context.defaultParallelism());
    PredictionOutput target = output;
    JavaRDD<Row> images = context.parallelize(names, partitions).map(name -> read(name, target));
    Dataset<Row> segmented =
        segmentation.apply(
            spark.createDataFrame(images, SCHEMA), functions.col(IMAGE), "segmentation");
    try (JobNames ignored = JobNames.of(spark, "predict: " + Count.of(files.size(), "image"))) {
      return segmented
          .toJavaRDD()
          .map(row -> write(row, target))
          .filter(failure -> !failure.isEmpty())
          .collect();
    }
  }

  private static Row read(String name, PredictionOutput output) {
    try {
      ImageFiles files = new ImageFiles(output.hadoop().value());
      return RowFactory.create(ImageRows.of(files.read(new Path(name)), name), null);
    } catch (InvalidInputException e) {
      return RowFactory.create(ImageRows.undefined(name), e.getMessage());
    }
  }

  /** Writes an image's files; what went wrong, or an empty text. */
  private static String write(Row row, PredictionOutput output) {
    if (!row.isNullAt(1)) {
      return row.getString(1);
    }
    Row image = row.getStruct(0);
    try {
      output.write(
          new Path(ImageRows.origin(image)),
          ImageRows.image(image),
          ClassMasks.mask(row.getStruct(2)));
      return "";
    } catch (InvalidInputException e) {
      return e.getMessage();
    }
  }
}
