package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import io.videottt.model.Storage;
import io.videottt.reports.Table;
import io.videottt.reports.TableFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes tables to a folder in every format. */
final class TableFiles {

  private final Path folder;
  private final Configuration hadoop;

  TableFiles(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    this.hadoop = hadoop;
  }

  void write(List<Table> tables) {
    try {
      Storage storage = Storage.of(folder, hadoop);
      for (Table table : tables) {
        for (TableFormat format : TableFormat.values()) {
          Path file = new Path(folder, table.name() + "." + format.extension());
          byte[] text = format.render(table).getBytes(StandardCharsets.UTF_8);
          storage.write(file, stream -> stream.write(text));
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s); choose another --output"
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
