package io.videottt.jobs;

import io.videottt.adaptation.WorkingSize;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Replaces the image in the last column of every row by its class mask, with one model for the
 * whole partition.
 *
 * @param model model folder
 * @param device auto, cpu or gpu:N
 * @param height rows that the network works at, 0 for the image's own
 * @param width columns that the network works at, 0 for the image's own
 * @param batchSize most images of one pass of the network
 * @param invalid what becomes of rows without a usable image
 * @param hadoop how to reach the folder
 */
record SegmentPartition(
    String model,
    String device,
    int height,
    int width,
    int batchSize,
    InvalidImages invalid,
    SerializableConfiguration hadoop)
    implements MapPartitionsFunction<Row, Row> {

  /** The resolution that the network works at. */
  WorkingSize workingSize() {
    return new WorkingSize(height, width, 0, 0);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new SegmentedRows(rows, this, PartitionModel.ofThisTask(model, device, hadoop.value()));
  }
}
