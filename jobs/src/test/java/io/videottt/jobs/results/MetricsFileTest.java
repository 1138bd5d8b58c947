package io.videottt.jobs.results;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

  @TempDir private Path folder;

  private final Unit unit = unit("0001", Methods.ONLINE_TTT_MAE, 3);

  private org.apache.hadoop.fs.Path file() {
    return new ResultsFolder(folder.toString(), new Configuration()).metricsFile(unit);
  }

  @Test
  void aRowComesBackAsItWasWritten() throws IOException {
    new SyntheticResults(folder).write(unit, frame(0, "0012", "0010"), unannotated(1));

    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file()).build()) {
      Group first = reader.read();
      assertThat(first.getString(MetricsSchema.UNIT_ID, 0)).isEqualTo(unit.id());
      assertThat(first.getInteger(MetricsSchema.FRAME_INDEX, 0)).isZero();
      assertThat(first.getString(MetricsSchema.FRAME_NAME, 0)).isEqualTo("000000");
      assertThat(first.getDouble(MetricsSchema.MIOU, 0))
          .isCloseTo(100 * (2.0 / 3 + 1 + 0) / 3, within(1e-9));
      assertThat(first.getInteger(MetricsSchema.CLASS_COUNT, 0)).isEqualTo(3);
      assertThat(
              first.getGroup(MetricsSchema.CONFUSION_CELLS, 0).toString().replaceAll("\\D+", " "))
          .isEqualTo(" 0 4 6 ");
      assertThat(
              first.getGroup(MetricsSchema.CONFUSION_COUNTS, 0).toString().replaceAll("\\D+", " "))
          .isEqualTo(" 2 1 1 ");
      assertThat(first.getFieldRepetitionCount(MetricsSchema.PQ)).isZero();
      assertThat(first.getFieldRepetitionCount(MetricsSchema.LOSS_AFTER)).isZero();
      assertThat(first.getDouble(MetricsSchema.LOSS_BEFORE, 0)).isEqualTo(0.5);
      assertThat(first.getLong(MetricsSchema.SEED, 0)).isEqualTo(3);
      assertThat(first.getString(MetricsSchema.SETTINGS, 0)).contains("\"learningRate\"");
      Group second = reader.read();
      assertThat(second.getBoolean(MetricsSchema.ANNOTATED, 0)).isFalse();
      assertThat(second.getFieldRepetitionCount(MetricsSchema.MIOU)).isZero();
      assertThat(reader.read()).isNull();
    }
  }

  @Test
  void theFileIsCompressedAndKnowsItsUnit() throws IOException {
    new SyntheticResults(folder).write(unit, frame(0, "0012", "0010"));

    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file(), new Configuration()))) {
      assertThat(reader.getFileMetaData().getSchema()).isEqualTo(FrameColumns.MESSAGE);
      assertThat(reader.getFileMetaData().getKeyValueMetaData().get(MetricsSchema.UNIT_KEY))
          .isEqualTo(unit.description());
      assertThat(reader.getFooter().getBlocks().get(0).getColumns().get(0).getCodec())
          .isEqualTo(CompressionCodecName.ZSTD);
    }
  }

  @Test
  void anInterruptedWriteLeavesNothing() throws IOException {
    try (MetricsFile file = new SyntheticResults(folder).open(unit)) {
      file.write(frame(0, "0012", "0010"));
    }

    assertThat(TinySweep.visibleFiles(folder)).isEmpty();
  }

  @Test
  void writingAUnitTwiceReplacesTheFile() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    results.write(unit, frame(0, "0012", "0010"));
    results.write(unit, frame(0, "0012", "0010"));

    assertThat(TinySweep.visibleFiles(folder)).hasSize(1);
  }

  @Test
  void namesThatBreakPartitionFoldersAreEscaped() {
    Unit odd = unit("a=b/c:d", Methods.ONLINE_TTT_MAE, 0);
    assertThat(
            new ResultsFolder(folder.toString(), new Configuration())
                .metricsFile(odd)
                .getParent()
                .getName())
        .isEqualTo("video=a%3Db%2Fc%3Ad");
  }
}
