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

  private final Path target;
  private final String option;
  private final Storage storage;

  private WholeFile(Path target, String option, Storage storage) {
    this.target = target;
    this.option = option;
    this.storage = storage;
  }

  /**
   * The file that an option names, looked at before anything is computed for it.
   *
   * @param file any Hadoop path; null where the option is not given
   * @param option for messages
   * @return empty where the option is not given
   * @throws InvalidInputException when there cannot be a file
   */
  public static Optional<WholeFile> of(String file, String option, Configuration hadoop) {
    if (file == null) {
      return Optional.empty();
    }
    OutputPlace.requireFile(file, option, hadoop);
    Path target = StorageLocation.parse(file, option);
    try {
      return Optional.of(new WholeFile(target, option, Storage.of(target, hadoop)));
    } catch (IOException e) {
      throw unwritable(target, option, e);
    }
  }

  /**
   * Writes a text.
   *
   * @throws InvalidInputException when it cannot be written
   */
  public void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      Optional<java.nio.file.Path> special = storage.special(target);
      if (special.isPresent()) {
        Files.write(special.get(), bytes, StandardOpenOption.APPEND);
        return;
      }
      Optional<java.nio.file.Path> link = storage.local(target).filter(Files::isSymbolicLink);
      Path place = link.isPresent() ? new Path(link.get().toRealPath().toUri()) : target;
      storage.write(storage.qualified(place), stream -> stream.write(bytes));
    } catch (IOException e) {
      throw unwritable(target, option, e);
    }
  }

  private static InvalidInputException unwritable(Path target, String option, IOException e) {
    return new InvalidInputException(
        "%s: cannot be written (%s); choose another %s"
            .formatted(target, FailureReason.of(e), option),
        e);
  }
}
