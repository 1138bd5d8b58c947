package io.videottt.catalog;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Bounded reading and listing on any Hadoop file system, with messages that name the path. */
final class StoredFiles {

  private static final int LARGEST_IMAGE_BYTES = 256 << 20;

  private StoredFiles() {}

  /** The children of a folder in natural order of their names, hidden ones left out. */
  static List<FileStatus> list(Path folder, Configuration hadoop) {
    try {
      FileStatus[] children = folder.getFileSystem(hadoop).listStatus(folder);
      return Arrays.stream(children)
          .filter(child -> !child.getPath().getName().startsWith("."))
          .sorted(Comparator.comparing(child -> child.getPath().getName(), NaturalOrder.INSTANCE))
          .toList();
    } catch (FileNotFoundException e) {
      throw new FileProblem(
          CatalogCheck.Kind.MISSING, "%s: the folder does not exist".formatted(folder), e);
    } catch (IOException e) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE, "%s: cannot be listed: %s".formatted(folder, reason(e)), e);
    }
  }

  /**
   * The files of a folder whose names end in a suffix, by what comes before it.
   *
   * @return a new map
   */
  static Map<String, Path> named(Path folder, String suffix, Configuration hadoop) {
    Map<String, Path> files = new HashMap<>();
    for (FileStatus status : list(folder, hadoop)) {
      String name = status.getPath().getName();
      if (!status.isDirectory() && name.endsWith(suffix) && name.length() > suffix.length()) {
        files.put(name.substring(0, name.length() - suffix.length()), status.getPath());
      }
    }
    return files;
  }

  /** Whether a folder exists. */
  static boolean isFolder(Path path, Configuration hadoop) {
    try {
      return path.getFileSystem(hadoop).getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE, "%s: cannot be read: %s".formatted(path, reason(e)), e);
    }
  }

  /** Reads the whole file of an image. */
  static byte[] image(Path path, Configuration hadoop) {
    return read(path, LARGEST_IMAGE_BYTES, hadoop);
  }

  /** Reads a whole file of at most {@code maximumLength} bytes. */
  static byte[] read(Path path, int maximumLength, Configuration hadoop) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new FileProblem(
            CatalogCheck.Kind.UNREADABLE, "%s: is a folder, expected a file".formatted(path));
      }
      if (status.getLen() > maximumLength) {
        throw new FileProblem(
            CatalogCheck.Kind.UNREADABLE,
            "%s: %d bytes, at most %d are read".formatted(path, status.getLen(), maximumLength));
      }
      byte[] bytes = new byte[(int) status.getLen()];
      try (FSDataInputStream stream = files.open(path)) {
        stream.readFully(bytes);
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw new FileProblem(
          CatalogCheck.Kind.MISSING, "%s: the file is missing or unreadable".formatted(path), e);
    } catch (EOFException e) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE, "%s: shorter than its listed size".formatted(path), e);
    } catch (IOException e) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE, "%s: cannot be read: %s".formatted(path, reason(e)), e);
    }
  }

  private static String reason(IOException exception) {
    String message = exception.getMessage();
    return message == null
        ? exception.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
