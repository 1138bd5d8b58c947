package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Files that can be read from any place on: those of a local disk where they are, others as copies
 * in the temporary folder, which are gone when this is closed.
 */
final class LocalFiles implements Closeable {

  private final Configuration hadoop;
  private final List<Path> copies = new ArrayList<>();
  private long bytes;

  LocalFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * @throws InvalidInputException when there is no such file or it cannot be read
   */
  Path of(org.apache.hadoop.fs.Path file) {
    try {
      FileSystem files = Storage.of(file, hadoop).fileSystem();
      FileStatus status = files.getFileStatus(file);
      if (!status.isFile()) {
        throw new InvalidInputException(file + " is no file");
      }
      bytes += status.getLen();
      if (files instanceof RawLocalFileSystem local) {
        return local.pathToFile(file).toPath();
      }
      Path copy = Files.createTempFile("checkpoint-", "-" + file.getName());
      copies.add(copy);
      files.copyToLocalFile(false, file, new org.apache.hadoop.fs.Path(copy.toUri()), true);
      return copy;
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /** How many bytes all of them have. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    for (Path copy : copies) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        copy.toFile().deleteOnExit();
      }
    }
  }
}
