package io.videottt.jobs;

import io.videottt.adaptation.FramePreview;
import io.videottt.adaptation.FrameResult;
import io.videottt.catalog.ClassDefinition;
import io.videottt.metrics.FailureReason;
import io.videottt.model.Storage;
import io.videottt.model.UnfinishedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;

/**
 * One unit's Parquet file while it is written. {@link #commit} makes it visible, whole; closing
 * without a commit leaves nothing. The same unit always gets the same name, so a second writer
 * never adds to it.
 */
final class MetricsFile implements AutoCloseable {

  private final Unit unit;
  private final String unitId;
  private final ExecutionSite site;
  private final ResultsFolder results;
  private final UnfinishedFile file;
  private final ScoreColumns scores;
  private final ParquetWriter<Group> writer;
  private boolean closed;

  /** A file that does not remember its data. */
  MetricsFile(
      Unit unit,
      List<ClassDefinition> classes,
      ExecutionSite site,
      ResultsFolder results,
      String run,
      Configuration hadoop)
      throws IOException {
    this(unit, DataIds.UNKNOWN, classes, site, results, run, hadoop);
  }

  MetricsFile(
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
    this.scores = new ScoreColumns(classes);
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
  void write(FrameResult frame) {
    try {
      toDisk(() -> writer.write(row(frame)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be written: %s".formatted(file.path(), FailureReason.of(e)), e);
    }
  }

  /**
   * Finishes the file and moves it to where readers look for it, unless another driver was first:
   * its rows are the same, and somebody may be reading them. A file there that cannot be used, a
   * damaged one say, is replaced.
   */
  void commit() throws IOException {
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

  private Group row(FrameResult frame) {
    Group row = new SimpleGroup(MetricsSchema.MESSAGE);
    row.append(MetricsSchema.UNIT_ID, unitId);
    row.append(MetricsSchema.SPLIT, unit.split());
    row.append(MetricsSchema.MODEL, unit.model());
    row.append(MetricsSchema.MODEL_FINGERPRINT, unit.modelFingerprint());
    row.append(MetricsSchema.VARIANT, unit.variant());
    row.append(MetricsSchema.FRAME_INDEX, frame.index());
    row.append(MetricsSchema.FRAME_NAME, frame.name());
    row.append(MetricsSchema.ANNOTATED, frame.annotated());
    frame.score().ifPresent(score -> scores.append(row, score));
    if (unit.method().adapts()) {
      appendFinite(row, MetricsSchema.LOSS_BEFORE, frame.reconstructionLossBefore());
      appendFinite(row, MetricsSchema.LOSS_AFTER, frame.reconstructionLossAfter());
      appendFinite(row, MetricsSchema.GRADIENT_NORM, frame.gradientNorm());
    }
    row.append(MetricsSchema.SECONDS_LOAD, frame.secondsLoad());
    row.append(MetricsSchema.SECONDS_ADAPT, frame.secondsAdapt());
    row.append(MetricsSchema.SECONDS_PREDICT, frame.secondsPredict());
    row.append(MetricsSchema.SECONDS_EVALUATE, frame.secondsEvaluate());
    row.append(MetricsSchema.HOST, site.host());
    row.append(MetricsSchema.DEVICE, site.device());
    row.append(MetricsSchema.THREADS, unit.settings().threads());
    appendSettings(row);
    frame.preview().ifPresent(preview -> append(row, preview));
    if (!VideoFolderName.isWhole(unit.video())) {
      row.append(MetricsSchema.VIDEO_NAME, unit.video());
    }
    return row;
  }

  private void appendSettings(Group row) {
    if (unit.method().adapts()) {
      row.append(MetricsSchema.WINDOW, unit.settings().window());
      row.append(MetricsSchema.BATCH, unit.settings().batchSize());
      row.append(MetricsSchema.ITERATIONS, unit.settings().iterationsPerFrame());
      row.append(MetricsSchema.LEARNING_RATE, unit.settings().learningRate());
      row.append(MetricsSchema.MASK_RATIO, unit.settings().maskRatio());
    }
    if (unit.trainingSeed() != null) {
      row.append(MetricsSchema.TRAINING_SEED, unit.trainingSeed());
    }
    row.append(MetricsSchema.SEED, unit.seed());
    row.append(MetricsSchema.SETTINGS, unit.settings().canonical(unit.method(), unit.task()));
  }

  private static void append(Group row, FramePreview preview) {
    row.append(MetricsSchema.PREVIEW, Binary.fromConstantByteArray(preview.prediction()));
    preview
        .input()
        .map(Binary::fromConstantByteArray)
        .ifPresent(picture -> row.append(MetricsSchema.PREVIEW_INPUT, picture));
    preview
        .truth()
        .map(Binary::fromConstantByteArray)
        .ifPresent(picture -> row.append(MetricsSchema.PREVIEW_TRUTH, picture));
  }

  private static void appendFinite(Group row, String column, double value) {
    if (Double.isFinite(value)) {
      row.append(column, value);
    }
  }
}
