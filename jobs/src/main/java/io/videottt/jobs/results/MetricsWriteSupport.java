package io.videottt.jobs.results;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Writes rows, column by column of {@link FrameColumns}, to a file that knows its unit and its
 * checksum.
 */
final class MetricsWriteSupport extends WriteSupport<FrameRow> {

  private final ChecksummedFile file;
  private final String unit;
  private RecordConsumer consumer;

  private MetricsWriteSupport(ChecksummedFile file, String unit) {
    this.file = file;
    this.unit = unit;
  }

  /**
   * Begins a file.
   *
   * @param unit its description, for the footer
   */
  static Builder builder(ChecksummedFile file, String unit) {
    return new Builder(file, unit);
  }

  static final class Builder extends ParquetWriter.Builder<FrameRow, Builder> {

    private final ChecksummedFile file;
    private final String unit;

    private Builder(ChecksummedFile file, String unit) {
      super(file);
      this.file = file;
      this.unit = unit;
    }

    @Override
    protected Builder self() {
      return this;
    }

    // Parquet 1.14 has another beside it, which that of Spark 3.5 does not know.
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<FrameRow> getWriteSupport(Configuration hadoop) {
      return new MetricsWriteSupport(file, unit);
    }
  }

  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration hadoop) {
    return new WriteContext(FrameColumns.MESSAGE, Map.of(MetricsSchema.UNIT_KEY, unit));
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void write(FrameRow row) {
    consumer.startMessage();
    for (int place = 0; place < FrameColumns.ALL.size(); place++) {
      FrameColumn column = FrameColumns.ALL.get(place);
      Object value = column.value().apply(row);
      if (value != null) {
        consumer.startField(column.name(), place);
        column.type().write(consumer, value);
        consumer.endField(column.name(), place);
      } else if (column.required()) {
        throw new IllegalStateException(
            "frame %d has no %s".formatted(row.frame().index(), column.name()));
      }
    }
    consumer.endMessage();
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    file.endOfRows();
    return new FinalizedWriteContext(Map.of(FileChecksum.KEY, FileChecksum.placeholder()));
  }
}
