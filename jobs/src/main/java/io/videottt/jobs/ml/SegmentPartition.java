package io.videottt.jobs.ml;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.FileSystems;
import io.videottt.model.tensor.Precision;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Replaces the image in the last column of every row by its class mask, with one model for the
 * whole partition.
 *
 * @param model model folder
 * @param device auto, cpu or gpu:N
 * @param height rows that the network works at, 0 for the image's own
 * @param width columns that the network works at, 0 for the image's own
 * @param precision that the network computes in
 * @param batchSize most images of one pass of the network
 * @param invalid what becomes of rows without a usable image
 * @param hadoop how to reach the folder
 */
public record SegmentPartition(
    String model,
    String device,
    int height,
    int width,
    Precision precision,
    int batchSize,
    InvalidImages invalid,
    SerializableConfiguration hadoop)
    implements MapPartitionsFunction<Row, Row> {

  /**
   * The classes of images.
   *
   * @param dataset any rows
   * @param images column expression of Spark's image schema
   * @param column name of the new column of class masks, behind the others
   */
  public Dataset<Row> apply(Dataset<Row> dataset, Column images, String column) {
    StructType schema = dataset.schema().add(column, ClassMasks.SCHEMA, true);
    // The images stand where their masks will.
    return dataset.withColumn(column, images).mapPartitions(this, Encoders.row(schema));
  }

  /**
   * A folder with its file system: executors may have another default.
   *
   * @param key what the user calls it, for messages
   */
  public static String qualified(String folder, String key, Configuration hadoop) {
    try {
      Path path = new Path(folder);
      return FileSystems.of(path, hadoop).makeQualified(path).toString();
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s %s: cannot be reached (%s)".formatted(key, folder, FailureReason.of(e)), e);
    }
  }

  /** The resolution that the network works at. */
  WorkingSize workingSize() {
    return new WorkingSize(height, width, 0, 0);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new SegmentedRows(rows, this, PartitionModel.ofThisTask(model, device, hadoop.value()));
  }
}
