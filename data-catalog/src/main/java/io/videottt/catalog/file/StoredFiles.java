package io.videottt.catalog.file;

import io.videottt.base.FailureReason;
import io.videottt.io.storage.FileSystems;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Bounded reading and listing on any Hadoop file system, with messages that name the path. */
public final class StoredFiles {

  private static final int LARGEST_IMAGE_BYTES = 256 << 20;

  private StoredFiles() {}

  /**
   * A path below a folder.
   *
   * @param name a name or a relative path; a colon in it is a character like any other, which
   *     Hadoop's own constructor takes for the end of a scheme
   */
  public static Path child(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  /** The children of a folder in natural order of their names, {@link SystemFiles} left out. */
  public static List<FileStatus> list(Path folder, Configuration hadoop) {
    return FolderListing.of(folder, hadoop).children();
  }

  /** Whether a folder exists. */
  public static boolean isFolder(Path path, Configuration hadoop) {
    try {
      return FileSystems.of(path, hadoop).getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new FileProblem(
          FileProblem.Kind.UNREADABLE, "%s: cannot be read: %s".formatted(path, reason(e)), e);
    }
  }

  /** Reads the whole file of an image. */
  public static byte[] image(Path path, Configuration hadoop) {
    return read(path, LARGEST_IMAGE_BYTES, hadoop);
  }

  /** Reads a whole file of at most {@code maximumLength} bytes. */
  public static byte[] read(Path path, int maximumLength, Configuration hadoop) {
    try {
      FileSystem files = system(path, hadoop);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new FileProblem(
            FileProblem.Kind.UNREADABLE, "%s: is a folder, expected a file".formatted(path));
      }
      if (status.getLen() > maximumLength) {
        throw new FileProblem(
            FileProblem.Kind.UNREADABLE,
            "%s: %d bytes, at most %d are read".formatted(path, status.getLen(), maximumLength));
      }
      byte[] bytes = new byte[(int) status.getLen()];
      try (FSDataInputStream stream = files.open(path)) {
        stream.readFully(bytes);
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw new FileProblem(
          FileProblem.Kind.MISSING, "%s: the file is missing or unreadable".formatted(path), e);
    } catch (EOFException e) {
      throw new FileProblem(
          FileProblem.Kind.UNREADABLE, "%s: shorter than its listed size".formatted(path), e);
    } catch (IOException e) {
      throw new FileProblem(
          FileProblem.Kind.UNREADABLE, "%s: cannot be read: %s".formatted(path, reason(e)), e);
    }
  }

  /**
   * The file system of a file. Hadoop's local one looks for a file of checksums beside it, whose
   * name it cannot make where there is a colon in the file's own.
   */
  private static FileSystem system(Path path, Configuration hadoop) throws IOException {
    FileSystem files = FileSystems.of(path, hadoop);
    return files instanceof LocalFileSystem local && path.getName().indexOf(':') >= 0
        ? local.getRaw()
        : files;
  }

  public static String reason(IOException exception) {
    return FailureReason.of(exception);
  }
}
