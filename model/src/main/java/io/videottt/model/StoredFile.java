package io.videottt.model;

import io.videottt.metrics.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Files of a model folder on any Hadoop file system. */
final class StoredFile {

  /** Object stores show a file only when it is closed, and rename by copying. */
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "s3", "s3n", "gs", "abfs", "wasb");

  /** Writes a file's content. */
  interface Content {
    void writeTo(OutputStream stream) throws IOException;
  }

  private StoredFile() {}

  /** The file system of a path; the local one without its hidden checksum files. */
  static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem;
  }

  static boolean exists(Path file, Configuration hadoop) {
    try {
      return fileSystem(file, hadoop).exists(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The whole file, at most so many bytes. */
  static byte[] read(Path file, Configuration hadoop, int limit) {
    try {
      FileSystem fileSystem = fileSystem(file, hadoop);
      try (FSDataInputStream stream = fileSystem.open(file)) {
        byte[] bytes = stream.readNBytes(limit + 1);
        if (bytes.length > limit) {
          throw new InvalidInputException(file + " is larger than " + limit + " bytes");
        }
        return bytes;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Writes a file that appears whole or not at all, over an older one if there is one. */
  static void write(Path file, Configuration hadoop, Content content) {
    Path target = file;
    try {
      FileSystem fileSystem = fileSystem(file, hadoop);
      boolean direct = OBJECT_STORES.contains(fileSystem.getUri().getScheme());
      if (!direct) {
        target = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
      }
      try (OutputStream stream = fileSystem.create(target, true)) {
        content.writeTo(stream);
      } catch (IOException | RuntimeException e) {
        fileSystem.delete(target, false);
        throw e;
      }
      if (direct) {
        return;
      }
      if (fileSystem.getUri().getScheme().equals("file")) {
        if (!fileSystem.rename(target, file)) {
          fileSystem.delete(target, false);
          throw new IOException("cannot rename " + target);
        }
      } else {
        FileContext.getFileContext(file.toUri(), hadoop)
            .rename(target, file, Options.Rename.OVERWRITE);
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + reason(e), e);
    }
  }

  static InvalidInputException unreadable(Path file, IOException e) {
    return e instanceof FileNotFoundException
        ? new InvalidInputException(file + " does not exist or cannot be opened", e)
        : new InvalidInputException("cannot read " + file + ": " + reason(e), e);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
