package io.videottt.jobs.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.Printable;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.io.config.BoundedJson;
import io.videottt.jobs.data.DataIds;
import io.videottt.jobs.runtime.FailureMessages;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Reads a unit's file from the first byte to the last and tells whether it is what a sweep has
 * written there. Of a file with a checksum every byte is held to it; of one by an earlier version
 * every page is decompressed and held to Parquet's own checksum. Thread-safe.
 */
final class UnitFileCheck {

  private static final byte[] MAGIC = FileChecksum.ascii("PAR1");
  private static final int TRAILER = Integer.BYTES + MAGIC.length;

  /** Read at once: most files, and of the others the footer. */
  private static final int TAIL = 1 << 20;

  private static final int CHUNK = 1 << 20;

  /** Some ten thousand blocks of rows; a file has one per 128 MB. */
  private static final int LARGEST_FOOTER = 1 << 26;

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private final ResultsFolder results;
  private final FileSystem files;
  private final Configuration hadoop;

  /**
   * @param results the folder that the files are in
   * @param files its file system
   */
  UnitFileCheck(ResultsFolder results, FileSystem files, Configuration hadoop) {
    this.results = results;
    this.files = files;
    this.hadoop = hadoop;
  }

  /** What a file must not be taken for, and why. */
  private static final class Unusable extends Exception {

    private static final long serialVersionUID = 1;
    private final transient UnitFile.State state;

    Unusable(UnitFile.State state, String reason) {
      super(reason);
      this.state = state;
    }
  }

  /** What its footer says of a file's unit. */
  private record Description(
      String unit,
      String dataset,
      String task,
      String method,
      String video,
      DataIds data,
      String version,
      String trainingImages) {

    static Description parse(String json) throws Unusable {
      try {
        JsonNode all = MAPPER.readTree(json);
        return new Description(
            all.path("unit_id").asText(),
            all.path("dataset").asText(),
            all.path("task").asText(),
            all.path("method").asText(),
            all.path("video").asText(),
            new DataIds(all.path("data").asText(), all.path("training_data").asText()),
            all.path("result_version").asText(),
            all.path("training_images").asText());
      } catch (JsonProcessingException e) {
        throw new Unusable(UnitFile.State.DAMAGED, "its description of the unit is no JSON");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @return empty when it is not there
   */
  Optional<UnitFile> check(Path path) {
    try {
      return Optional.of(check(files.getFileStatus(path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unusable(path, UnitFile.State.UNREADABLE, FailureMessages.describe(e)));
    }
  }

  private UnitFile check(FileStatus status) throws FileNotFoundException {
    Path path = status.getPath();
    try (FSDataInputStream stream = files.open(path)) {
      return read(stream, path, status.getLen());
    } catch (Unusable e) {
      return unusable(path, e.state, e.getMessage());
    } catch (EOFException e) {
      return unusable(path, UnitFile.State.DAMAGED, "it is shorter than its listed size");
    } catch (FileNotFoundException e) {
      throw e;
    } catch (IOException e) {
      return unusable(path, UnitFile.State.UNREADABLE, FailureMessages.describe(e));
    }
  }

  private static UnitFile unusable(Path path, UnitFile.State state, String reason) {
    return new UnitFile(path, state, reason, Optional.empty(), DataIds.UNKNOWN, "", "", false);
  }

  private UnitFile read(FSDataInputStream stream, Path path, long length)
      throws IOException, Unusable {
    byte[] tail = tail(stream, length);
    OptionalInt digits = FileChecksum.digits(tail);
    boolean checksummed = digits.isPresent();
    if (checksummed) {
      requireChecksum(stream, length, tail, digits.getAsInt());
    } else if (FileChecksum.isMentioned(tail)) {
      throw new Unusable(UnitFile.State.DAMAGED, "its checksum cannot be read");
    }
    ParquetMetadata footer = footer(tail);
    if (!checksummed) {
      requirePages(path);
    }
    UnitFile file = described(path, footer, checksummed);
    Optional<String> problem = UnitFileColumns.problem(footer);
    if (file.isSound() && problem.isPresent()) {
      throw new Unusable(UnitFile.State.FOREIGN, problem.get());
    }
    return file;
  }

  private UnitFile described(Path path, ParquetMetadata footer, boolean checksummed)
      throws Unusable {
    String json = footer.getFileMetaData().getKeyValueMetaData().get(MetricsSchema.UNIT_KEY);
    if (json == null) {
      return rewritten(path, footer);
    }
    Description description = Description.parse(json);
    Optional<String> foreign = foreign(path, description);
    return new UnitFile(
        path,
        foreign.isPresent() ? UnitFile.State.FOREIGN : UnitFile.State.SOUND,
        foreign.orElse(""),
        Optional.of(description.unit()),
        description.data(),
        description.version(),
        description.trainingImages(),
        checksummed);
  }

  /** A file that another program has written anew, whose rows alone tell the unit. */
  private static UnitFile rewritten(Path path, ParquetMetadata footer) throws Unusable {
    Set<String> units = new HashSet<>();
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        Statistics<?> values = column.getStatistics();
        if (column.getPath().toDotString().equals(MetricsSchema.UNIT_ID)
            && values != null
            && values.hasNonNullValue()) {
          units.add(values.minAsString());
          units.add(values.maxAsString());
        }
      }
    }
    if (units.size() != 1) {
      throw new Unusable(UnitFile.State.FOREIGN, "no sweep has written it");
    }
    String unit = units.iterator().next();
    boolean named = path.getName().equals(unit + ResultsFolder.PARQUET);
    return new UnitFile(
        path,
        named ? UnitFile.State.SOUND : UnitFile.State.FOREIGN,
        named ? "" : notNamed(unit),
        Optional.of(unit),
        DataIds.UNKNOWN,
        "",
        "",
        false);
  }

  /** The end of a file: its whole footer, and the whole file if that is not long. */
  private static byte[] tail(FSDataInputStream stream, long length) throws IOException, Unusable {
    if (length == 0) {
      throw new Unusable(UnitFile.State.EMPTY, "it is empty");
    }
    byte[] tail = new byte[(int) Math.min(length, TAIL)];
    stream.readFully(length - tail.length, tail);
    int end = tail.length;
    if (end < MAGIC.length + TRAILER
        || !Arrays.equals(tail, end - MAGIC.length, end, MAGIC, 0, MAGIC.length)) {
      throw new Unusable(
          UnitFile.State.DAMAGED,
          "it is cut short or no Parquet file (%d bytes)".formatted(length));
    }
    long footer =
        ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(end - TRAILER) + (long) TRAILER;
    if (footer < TRAILER || footer > LARGEST_FOOTER || footer > length - MAGIC.length) {
      throw new Unusable(
          UnitFile.State.DAMAGED,
          "its footer would take %d of its %d bytes".formatted(footer, length));
    }
    if (footer > tail.length) {
      tail = new byte[(int) footer];
      stream.readFully(length - tail.length, tail);
    }
    return tail;
  }

  private static void requireChecksum(
      FSDataInputStream stream, long length, byte[] tail, int digits) throws IOException, Unusable {
    String written = new String(tail, digits, Sha256.DIGITS, StandardCharsets.US_ASCII);
    byte[] end = tail.clone();
    Arrays.fill(end, digits, digits + Sha256.DIGITS, (byte) '0');
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, length - end.length))];
    stream.seek(0);
    for (long left = length - end.length; left > 0; ) {
      int count = (int) Math.min(chunk.length, left);
      stream.readFully(chunk, 0, count);
      digest.update(chunk, 0, count);
      left -= count;
    }
    digest.update(end);
    if (!Sha256.hex(digest).equals(written)) {
      throw new Unusable(UnitFile.State.DAMAGED, "its bytes are not those that were written");
    }
  }

  private static ParquetMetadata footer(byte[] tail) throws Unusable {
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TRAILER);
    ByteArrayInputStream bytes =
        new ByteArrayInputStream(tail, tail.length - TRAILER - length, length);
    try {
      return new ParquetMetadataConverter()
          .readParquetMetadata(bytes, ParquetMetadataConverter.NO_FILTER);
    } catch (IOException | RuntimeException e) {
      throw new Unusable(UnitFile.State.DAMAGED, "its footer cannot be read");
    }
  }

  private void requirePages(Path path) throws Unusable {
    ParquetReadOptions options =
        HadoopReadOptions.builder(hadoop, path).usePageChecksumVerification().build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop), options)) {
      PageReadStore rows = reader.readNextRowGroup();
      while (rows != null) {
        for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
          PageReader pages = rows.getPageReader(column);
          pages.readDictionaryPage();
          while (pages.readPage() != null) {
            // Read to the end: the page's checksum has been compared.
          }
        }
        rows = reader.readNextRowGroup();
      }
    } catch (IOException | RuntimeException e) {
      throw new Unusable(UnitFile.State.DAMAGED, "a part of it cannot be decompressed or decoded");
    }
  }

  private Optional<String> foreign(Path path, Description description) {
    if (!path.getName().equals(description.unit() + ResultsFolder.PARQUET)) {
      return Optional.of(notNamed(description.unit()));
    }
    if (!isKnown(description)) {
      return Optional.of(
          "it holds a result of %s, a task which this version does not know"
              .formatted(Printable.line(description.task())));
    }
    return isInPlace(path, description)
        ? Optional.empty()
        : Optional.of(
            "it holds a result of %s, %s, %s, %s and is not in their folder"
                .formatted(
                    Printable.line(description.dataset()),
                    Printable.line(description.task()),
                    Printable.line(description.method()),
                    Printable.line(description.video())));
  }

  private static boolean isKnown(Description description) {
    return Arrays.stream(Task.values()).anyMatch(task -> task.id().equals(description.task()));
  }

  private static String notNamed(String unit) {
    return "it holds the unit %s and is not named after it".formatted(Printable.line(unit));
  }

  private boolean isInPlace(Path path, Description description) {
    try {
      Path place =
          results.metricsFolder(
              description.dataset(), description.task(), description.method(), description.video());
      return path.getParent().equals(place);
    } catch (IllegalArgumentException e) {
      // Names that make no path are in no path.
      return false;
    }
  }
}
