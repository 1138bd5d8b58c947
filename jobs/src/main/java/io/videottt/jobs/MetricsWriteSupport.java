package io.videottt.jobs;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes rows of {@link MetricsSchema} to a file that knows its unit and its checksum. */
final class MetricsWriteSupport extends WriteSupport<Group> {

  private final ChecksummedFile file;
  private final String unit;
  private GroupWriter rows;

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

  static final class Builder extends ParquetWriter.Builder<Group, Builder> {

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

    @Override
    protected WriteSupport<Group> getWriteSupport(Configuration hadoop) {
      return new MetricsWriteSupport(file, unit);
    }
  }

  @Override
  public WriteContext init(Configuration hadoop) {
    return new WriteContext(MetricsSchema.MESSAGE, Map.of(MetricsSchema.UNIT_KEY, unit));
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    rows = new GroupWriter(consumer, MetricsSchema.MESSAGE);
  }

  @Override
  public void write(Group row) {
    rows.write(row);
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    file.endOfRows();
    return new FinalizedWriteContext(Map.of(FileChecksum.KEY, FileChecksum.placeholder()));
  }
}
