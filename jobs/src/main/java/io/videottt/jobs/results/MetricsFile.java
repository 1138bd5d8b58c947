package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.base.FailureReason;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.io.storage.Storage;
import io.videottt.io.storage.UnfinishedFile;
import io.videottt.jobs.data.DataIds;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;

/**
 * One unit's Parquet file while it is written. {@link #commit} makes it visible, whole; closing
 * without a commit leaves nothing. The same unit always gets the same name, so a second writer
 * never adds to it.
 */
public final class MetricsFile implements AutoCloseable {

  private final Unit unit;
  private final String unitId;
  private final ExecutionSite site;
  private final ResultsFolder results;
  private final UnfinishedFile file;
  private final List<ClassDefinition> classes;
  private final ParquetWriter<FrameRow> writer;
  private double seconds;
  private boolean closed;

  /** A file that does not remember its data. */
  public MetricsFile(
      Unit unit,
      List<ClassDefinition> classes,
      ExecutionSite site,
      ResultsFolder results,
      String run,
      Configuration hadoop)
      throws IOException {
    this(unit, DataIds.UNKNOWN, classes, site, results, run, hadoop);
  }

  public MetricsFile(
      Unit unit,
      DataIds data,
      List<ClassDefinition> classes,
      ExecutionSite site,
      ResultsFolder results,
      String run,
      Configuration hadoop)
      throws IOException {
    this.unit = unit;
    this.unitId = unit.id();
    this.site = site;
    this.results = results;
    this.classes = List.copyOf(classes);
    this.file = results.beginMetrics(unit, run);
    this.writer =
        MetricsWriteSupport.builder(
                new ChecksummedFile(HadoopOutputFile.fromPath(file.path(), hadoop)),
                unit.description(data))
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withPageWriteChecksumEnabled(true)
            .withConf(hadoop)
            .build();
  }

  /** Adds one frame's row. */
  public void write(FrameResult frame) {
    seconds +=
        frame.secondsLoad()
            + frame.secondsAdapt()
            + frame.secondsPredict()
            + frame.secondsEvaluate();
    try {
      toDisk(() -> writer.write(new FrameRow(unit, unitId, classes, site, frame)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be written: %s".formatted(file.path(), FailureReason.of(e)), e);
    }
  }

  /** What the rows so far say that their frames took, those before a checkpoint included. */
  public double seconds() {
    return seconds;
  }

  /**
   * Finishes the file and moves it to where readers look for it, unless another driver was first:
   * its rows are the same, and somebody may be reading them. A file there that cannot be used, a
   * damaged one say, is replaced.
   */
  public void commit() throws IOException {
    finish();
    if (!results.isFinished(unit)) {
      file.publish();
    }
  }

  @FunctionalInterface
  private interface Writing {

    void run() throws IOException;
  }

  /** A full local disk is an exception like that of any other file system. */
  private static void toDisk(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (FSError e) {
      throw Storage.failure(e);
    }
  }

  private void finish() throws IOException {
    if (!closed) {
      closed = true;
      toDisk(writer::close);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      finish();
    }
  }
}
