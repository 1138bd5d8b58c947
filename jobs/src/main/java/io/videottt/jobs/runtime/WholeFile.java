package io.videottt.jobs.runtime;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.OutputPlace;
import io.videottt.io.storage.Storage;
import io.videottt.io.storage.StorageLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes a text file that a user has named: it appears whole or not at all, on any Hadoop file
 * system. What is no ordinary file, such as {@code /dev/stdout} or a pipe, is written into; of a
 * link the file that it leads to is replaced.
 */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a text.
   *
   * @param option that names the file, for messages
   * @throws InvalidInputException when it cannot be written
   */
  public static void write(String file, String option, String text, Configuration hadoop) {
    OutputPlace.requireFile(file, option, hadoop);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      Path target = StorageLocation.parse(file, option);
      Storage storage = Storage.of(target, hadoop);
      Optional<java.nio.file.Path> special = storage.special(target);
      if (special.isPresent()) {
        Files.write(special.get(), bytes, StandardOpenOption.APPEND);
        return;
      }
      Optional<java.nio.file.Path> link = storage.local(target).filter(Files::isSymbolicLink);
      Path place = link.isPresent() ? new Path(link.get().toRealPath().toUri()) : target;
      storage.write(storage.qualified(place), stream -> stream.write(bytes));
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s); choose another %s"
              .formatted(file, FailureReason.of(e), option),
          e);
    }
  }
}
