package io.videottt.jobs.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes a report's files to a folder, tables in every format, and removes those of an earlier time
 * that are no longer made. What was written is listed in {@value #LIST} with the SHA-256 of each
 * file: a file that is not in the list, or was changed since, is somebody else's and stays.
 */
public final class TableFiles {

  public static final String LIST = "written-tables.json";

  private static final int LARGEST_LIST = 1 << 20;
  private static final int LARGEST_TABLE = 1 << 26;
  private static final Pattern OWN_NAME =
      Pattern.compile(
          "\\w[\\w.-]*\\.(md|csv|tex)|figures/\\w[\\w.-]*\\.(svg|png)"
              + "|index\\.html|verdict\\.txt|locality\\.json");
  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private final Path folder;
  private final Configuration hadoop;

  public TableFiles(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    this.hadoop = hadoop;
  }

  /** Writes tables in every format. */
  public void write(List<Table> tables) {
    write(tables, Map.of());
  }

  /**
   * Writes tables in every format and what belongs to them.
   *
   * @param more contents by name: figures, a page
   */
  public void write(List<Table> tables, Map<String, byte[]> more) {
    Map<String, byte[]> files = new TreeMap<>(more);
    tables.forEach(table -> files.putAll(contents(table, EnumSet.allOf(TableFormat.class))));
    write(files);
  }

  /** A table's files, contents by name. */
  static Map<String, byte[]> contents(Table table, Set<TableFormat> formats) {
    Map<String, byte[]> files = new TreeMap<>();
    for (TableFormat format : formats) {
      files.put(
          table.name() + "." + format.extension(),
          format.render(table).getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  /**
   * Writes files, and removes those of an earlier time that are not among them.
   *
   * @param files contents by name
   */
  void write(Map<String, byte[]> files) {
    for (String name : files.keySet()) {
      if (!OWN_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("%s is no name of a report's file".formatted(name));
      }
    }
    try {
      Storage storage = Storage.of(folder, hadoop);
      Map<String, String> earlier = earlier(storage);
      Map<String, String> written = new TreeMap<>();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        storage.write(new Path(folder, file.getKey()), stream -> stream.write(file.getValue()));
        written.put(file.getKey(), Sha256.of(file.getValue()));
      }
      for (Map.Entry<String, String> entry : earlier.entrySet()) {
        if (!written.containsKey(entry.getKey())) {
          removeIfUnchanged(storage, entry.getKey(), entry.getValue());
        }
      }
      storage.deleteIfEmpty(new Path(folder, ReportWriter.FIGURES));
      byte[] list = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(written);
      storage.write(new Path(folder, LIST), stream -> stream.write(list));
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s); choose another --output"
              .formatted(folder, FailureReason.of(e)),
          e);
    }
  }

  private Map<String, String> earlier(Storage storage) throws IOException {
    Path list = new Path(folder, LIST);
    if (!storage.exists(list)) {
      return Map.of();
    }
    byte[] text = storage.read(list, LARGEST_LIST);
    try {
      return MAPPER.readValue(text, new TypeReference<TreeMap<String, String>>() {});
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: not a list of tables that a report has written; remove it or choose another --output"
              .formatted(list),
          e);
    }
  }

  private void removeIfUnchanged(Storage storage, String name, String hash) throws IOException {
    Path file = new Path(folder, name);
    if (OWN_NAME.matcher(name).matches()
        && storage.exists(file)
        && Sha256.of(storage.read(file, LARGEST_TABLE)).equals(hash)) {
      storage.delete(file);
    }
  }
}
