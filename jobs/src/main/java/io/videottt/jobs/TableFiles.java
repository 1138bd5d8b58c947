package io.videottt.jobs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.metrics.InvalidInputException;
import io.videottt.model.Storage;
import io.videottt.reports.PaperTables;
import io.videottt.reports.Table;
import io.videottt.reports.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes tables to a folder in every format, and removes those of an earlier time that are no
 * longer made. What was written is listed in {@value #LIST} with the SHA-256 of each file: a file
 * that is not in the list, or was changed since, is somebody else's and stays.
 */
final class TableFiles {

  static final String LIST = "written-tables.json";

  private static final int LARGEST_LIST = 1 << 20;
  private static final int LARGEST_TABLE = 1 << 26;
  private static final Pattern TABLE_NAME = Pattern.compile("\\w[\\w.-]*\\.(md|csv|tex)");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Configuration hadoop;

  TableFiles(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    this.hadoop = hadoop;
  }

  /** Writes every table, prints those to look at first, and says where all of them are. */
  void write(PaperTables paper, PrintWriter out) {
    List<Table> tables = paper.all();
    write(tables);
    paper.summary().forEach(table -> out.println(TableFormat.MARKDOWN.render(table)));
    out.printf(
        "%d tables, details of every task among them, written to %s as md, csv and tex%n",
        tables.size(), folder);
    out.flush();
  }

  void write(List<Table> tables) {
    try {
      Storage storage = Storage.of(folder, hadoop);
      Map<String, String> earlier = earlier(storage);
      Map<String, String> written = new TreeMap<>();
      for (Table table : tables) {
        for (TableFormat format : TableFormat.values()) {
          String name = table.name() + "." + format.extension();
          byte[] text = format.render(table).getBytes(StandardCharsets.UTF_8);
          storage.write(new Path(folder, name), stream -> stream.write(text));
          written.put(name, sha256(text));
        }
      }
      for (Map.Entry<String, String> entry : earlier.entrySet()) {
        if (!written.containsKey(entry.getKey())) {
          removeIfUnchanged(storage, entry.getKey(), entry.getValue());
        }
      }
      byte[] list = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(written);
      storage.write(new Path(folder, LIST), stream -> stream.write(list));
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s); choose another --output"
              .formatted(folder, e.getMessage()),
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
    if (TABLE_NAME.matcher(name).matches()
        && storage.exists(file)
        && sha256(storage.read(file, LARGEST_TABLE)).equals(hash)) {
      storage.delete(file);
    }
  }

  private static String sha256(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
