package io.videottt.jobs.results;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of unit files is found, whatever it hits; foreign files are no results. */
class UnitFileCheckTest {

  private static final Path CASES = Path.of("../../shared/cases").toAbsolutePath().normalize();

  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  private final Unit unit = unit("0001", Methods.ONLINE_TTT_MAE, 3);

  private ResultsFolder results() {
    return new ResultsFolder(folder.toString(), HADOOP);
  }

  private Path file() {
    return Path.of(results().metricsFile(unit).toUri());
  }

  private Path write() throws IOException {
    new SyntheticResults(folder)
        .write(unit, frame(0, "0012", "0010"), frame(1, "2212", "2210"), unannotated(2));
    return file();
  }

  private UnitFile.State state() throws IOException {
    UnitInventory inventory = results().inventory();
    return inventory.unusable().isEmpty()
        ? UnitFile.State.SOUND
        : inventory.unusable().get(0).state();
  }

  @Test
  void aWrittenFileIsSoundAndHoldsItsOwnChecksum() throws IOException {
    write();

    UnitFile found = results().inventory().sound().get(unit.id());
    assertThat(found.checksummed()).isTrue();
    assertThat(found.unit()).contains(unit.id());
    assertThat(results().inventory().notes()).isEmpty();
    assertThat(results().isFinished(unit)).isTrue();
  }

  @Test
  void case32EveryFlippedByteIsFound() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(32);
    for (int flip = 0; flip < 1000; flip++) {
      // Of the last bytes every one: the footer, where the checksum itself is.
      int place = flip < 600 ? whole.length - 1 - flip : random.nextInt(whole.length);
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);

      assertThat(state())
          .as("byte %d of %d", place, whole.length)
          .isEqualTo(UnitFile.State.DAMAGED);
      assertThat(results().isFinished(unit)).isFalse();
    }
    Files.write(file, whole);
    assertThat(state()).isEqualTo(UnitFile.State.SOUND);
  }

  @Test
  void case32EveryFlippedByteOfAChecksumsPlaceIsFound() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    int digits = FileChecksum.digits(whole).orElseThrow();
    for (int place = digits - 64; place < digits + 64; place++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[place] ^= (byte) (1 << bit);
        Files.write(file, flipped);
        assertThat(state()).as("byte %d", place).isEqualTo(UnitFile.State.DAMAGED);
      }
    }
  }

  @Test
  void case33AFileThatIsCutShortOrOverwrittenInPartIsDamagedAndNamed() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {1, 4, 11, 12, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(state()).as("%d bytes", length).isEqualTo(UnitFile.State.DAMAGED);
    }
    byte[] block = whole.clone();
    Arrays.fill(block, whole.length / 3, whole.length / 3 + 512, (byte) 0);
    Files.write(file, block);

    UnitInventory inventory = results().inventory();
    assertThat(inventory.units()).isEmpty();
    assertThat(inventory.notes().get(0)).startsWith("left out: 1 of 1 unit files");
    assertThat(inventory.notes().get(1)).contains(file.toString(), "not those that were written");
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    Files.write(file, longer);
    assertThat(state()).isEqualTo(UnitFile.State.DAMAGED);
  }

  @Test
  void case17AnEmptyOrForeignFileIsNoResult() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[0]);
    assertThat(state()).isEqualTo(UnitFile.State.EMPTY);
    Files.writeString(file, "this is no Parquet file at all\n");
    assertThat(state()).isEqualTo(UnitFile.State.DAMAGED);
    Files.delete(file);

    Path renamed = file.resolveSibling("0123456789abcdef0123456789abcdef.parquet");
    Files.write(renamed, whole);
    assertThat(state()).isEqualTo(UnitFile.State.FOREIGN);
    assertThat(results().inventory().notes().get(1)).contains("it holds the unit " + unit.id());
    Files.delete(renamed);

    Path elsewhere = file.getParent().resolveSibling("video=0002").resolve(file.getFileName());
    Files.createDirectories(elsewhere.getParent());
    Files.write(elsewhere, whole);
    assertThat(state()).isEqualTo(UnitFile.State.FOREIGN);
    assertThat(results().isFinished(unit)).isFalse();
  }

  @Test
  void case17AUnitThatStandsTwiceIsRefusedWithBothFiles() throws IOException {
    Path file = write();
    Path copy = file.resolveSibling(unit.id() + " (1).parquet");
    Files.copy(file, copy);

    assertThatThrownBy(() -> results().inventory())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(copy.toString())
        .hasMessageContaining("delete the one that is not meant");
  }

  /** As versions before checksums wrote it. */
  private Path writeWithoutChecksum(String rowsOf, Map<String, String> footer) throws IOException {
    Files.createDirectories(file().getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file().toUri()))
            .withType(FrameColumns.MESSAGE)
            .withExtraMetaData(footer)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (int index = 0; index < 50; index++) {
        Group row = new SimpleGroup(FrameColumns.MESSAGE);
        row.append(MetricsSchema.UNIT_ID, index < 25 ? unit.id() : rowsOf);
        row.append(MetricsSchema.SPLIT, "test");
        row.append(MetricsSchema.MODEL, "model");
        row.append(MetricsSchema.MODEL_FINGERPRINT, "f00d");
        row.append(MetricsSchema.VARIANT, "");
        row.append(MetricsSchema.FRAME_INDEX, index);
        row.append(MetricsSchema.FRAME_NAME, "frame " + index * 7919 % 1000);
        row.append(MetricsSchema.ANNOTATED, false);
        row.append(MetricsSchema.SECONDS_LOAD, Math.sin(index));
        row.append(MetricsSchema.SECONDS_ADAPT, Math.cos(index));
        row.append(MetricsSchema.SECONDS_PREDICT, Math.sqrt(index));
        row.append(MetricsSchema.SECONDS_EVALUATE, Math.log1p(index));
        row.append(MetricsSchema.HOST, "host");
        row.append(MetricsSchema.DEVICE, "cpu");
        row.append(MetricsSchema.THREADS, 1);
        row.append(MetricsSchema.SEED, 0L);
        row.append(MetricsSchema.SETTINGS, "{}");
        writer.write(row);
      }
    }
    return file();
  }

  @Test
  void aFileOfAnEarlierVersionIsReadWithANoteAndItsPagesAreChecked() throws IOException {
    Path file = writeWithoutChecksum(unit.id(), Map.of(MetricsSchema.UNIT_KEY, unit.description()));

    UnitInventory inventory = results().inventory();
    assertThat(inventory.units()).containsExactly(unit.id());
    assertThat(inventory.notes())
        .singleElement()
        .asString()
        .startsWith("note: 1 of 1 unit files are of an earlier version");

    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] flipped = whole.clone();
    flipped[text.indexOf("frame 919") + 6] ^= 1;
    Files.write(file, flipped);
    assertThat(state()).isEqualTo(UnitFile.State.DAMAGED);
  }

  @Test
  void aParquetFileThatNoSweepHasWrittenIsForeign() throws IOException {
    writeWithoutChecksum("another", Map.of());
    assertThat(state()).isEqualTo(UnitFile.State.FOREIGN);
    writeWithoutChecksum(unit.id(), Map.of());
    assertThat(state()).as("written anew by another program").isEqualTo(UnitFile.State.SOUND);
    assertThat(results().inventory().notes()).singleElement().asString().contains("no checksum");
    writeWithoutChecksum(unit.id(), Map.of(MetricsSchema.UNIT_KEY, "{"));
    assertThat(state()).isEqualTo(UnitFile.State.DAMAGED);
    writeWithoutChecksum(
        unit.id(),
        Map.of(
            MetricsSchema.UNIT_KEY,
            "{\"unit_id\": \"%s\", \"dataset\": \":/../../etc\", \"video\": \"\\u001b[31m\"}"
                .formatted(unit.id())));
    assertThat(state()).isEqualTo(UnitFile.State.FOREIGN);
    assertThat(results().inventory().notes()).noneMatch(note -> note.contains("\u001b"));
  }

  @Test
  void columnsThatReadersCannotReadMakeAFileForeign() throws IOException {
    Map<String, String> footer = Map.of(MetricsSchema.UNIT_KEY, unit.description());
    for (String[] column :
        new String[][] {
          {"required int32 " + MetricsSchema.THREADS, "", "it has no column threads"},
          {
            "required int32 " + MetricsSchema.THREADS,
            "required int64 " + MetricsSchema.THREADS,
            "its column threads is of another type"
          },
          {
            "required int32 " + MetricsSchema.THREADS,
            "repeated int32 " + MetricsSchema.THREADS,
            "its column threads is of another type"
          },
          {
            "optional double " + MetricsSchema.MIOU,
            "optional binary " + MetricsSchema.MIOU,
            "its column miou is of another type"
          },
          {
            "required int64 " + MetricsSchema.SEED,
            "optional int64 " + MetricsSchema.SEED,
            "its column seed has rows without a value"
          },
        }) {
      String schema = FrameColumns.MESSAGE.toString();
      assertThat(schema).contains(column[0] + ";");
      String other = schema.replace(column[0] + ";", column[1].isEmpty() ? "" : column[1] + ";");
      writeRow(MessageTypeParser.parseMessageType(other), footer);

      assertThat(results().inventory().unusable())
          .as(column[1])
          .singleElement()
          .matches(file -> file.state() == UnitFile.State.FOREIGN)
          .extracting(UnitFile::reason)
          .isEqualTo(column[2]);
    }
    writeRow(FrameColumns.MESSAGE, footer);
    assertThat(state()).isEqualTo(UnitFile.State.SOUND);
  }

  /** A row of the required columns, but for the seed where that may be missing. */
  private void writeRow(MessageType schema, Map<String, String> footer) throws IOException {
    Files.createDirectories(file().getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file().toUri()))
            .withType(schema)
            .withExtraMetaData(footer)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      Group row = new SimpleGroup(schema);
      for (Type field : schema.getFields()) {
        if (!field.isRepetition(Type.Repetition.REQUIRED)) {
          continue;
        }
        switch (field.asPrimitiveType().getPrimitiveTypeName()) {
          case INT32 -> row.append(field.getName(), 1);
          case INT64 -> row.append(field.getName(), 1L);
          case DOUBLE -> row.append(field.getName(), 1.0);
          case BOOLEAN -> row.append(field.getName(), true);
          default -> row.append(field.getName(), "{}");
        }
      }
      writer.write(row);
    }
  }

  @Test
  void case17TheFoldersHandedOverAreToldApart() throws IOException {
    Path handedOver = CASES.resolve("17-report-over-other-frames");
    assumeThat(handedOver).as("the cases are not at %s", handedOver).isDirectory();

    UnitInventory whole = inventory(handedOver.resolve("whole"));
    assertThat(whole.units()).as("%s", whole.notes()).hasSize(8);
    assertThat(inventory(handedOver.resolve("missing")).units()).hasSize(7);
    UnitInventory zero = inventory(handedOver.resolve("zero-bytes"));
    assertThat(zero.units()).hasSize(7);
    assertThat(zero.unusable())
        .singleElement()
        .matches(file -> file.state() == UnitFile.State.EMPTY)
        .matches(file -> file.path().getName().startsWith("01f09a4d3a254a86a4c2e52cf3fda051"));
    assertThatThrownBy(() -> inventory(handedOver.resolve("twice")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("c83b666c7ddef1a93b84d0777f73cc5d (1).parquet");
  }

  private static UnitInventory inventory(Path results) throws IOException {
    return new ResultsFolder(results.toString(), HADOOP).inventory();
  }
}
