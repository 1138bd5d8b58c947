package io.videottt.jobs.runtime;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes a text file that appears whole or not at all, on any Hadoop file system. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a text.
   *
   * @throws InvalidInputException when it cannot be written
   */
  public static void write(String file, String text, Configuration hadoop) {
    try {
      Path target = new Path(file);
      Storage storage = Storage.of(target, hadoop);
      if (storage.exists(target) && storage.fileSystem().getFileStatus(target).isDirectory()) {
        throw new InvalidInputException("%s: is a folder; give a file name".formatted(file));
      }
      storage.write(
          storage.qualified(target), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s); choose another file".formatted(file, FailureReason.of(e)),
          e);
    }
  }
}
