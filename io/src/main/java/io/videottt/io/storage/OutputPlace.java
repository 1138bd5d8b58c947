package io.videottt.io.storage;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/**
 * A place that a command will write to, looked at before the command computes anything. Nothing is
 * written or made for it: what gets in the way later shows itself when the result is written.
 */
public final class OutputPlace {

  private OutputPlace() {}

  /**
   * Makes sure that a folder can be there, as it is or made anew.
   *
   * @param folder any Hadoop path
   * @param option that names it, for messages
   * @throws InvalidInputException when it is a file or in one, or must not be written to
   */
  public static void requireFolder(String folder, String option, Configuration hadoop) {
    require(folder, true, option, hadoop);
  }

  /**
   * Makes sure that a file can be there.
   *
   * @param file any Hadoop path
   * @param option that names it, for messages
   * @throws InvalidInputException when it is a folder or in a file, or must not be written to
   */
  public static void requireFile(String file, String option, Configuration hadoop) {
    require(file, false, option, hadoop);
  }

  private static void require(String place, boolean folder, String option, Configuration hadoop) {
    Path path = StorageLocation.parse(place, option);
    try {
      String obstacle = obstacle(Storage.of(path, hadoop), path, folder);
      if (!obstacle.isEmpty()) {
        throw new InvalidInputException(
            "%s %s; choose another %s".formatted(place, obstacle, option));
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be written to (%s); choose another %s"
              .formatted(place, FailureReason.of(e), option),
          e);
    }
  }

  /** What is in the way, after the place's name; empty where nothing is. */
  private static String obstacle(Storage storage, Path path, boolean folder) throws IOException {
    Path place = storage.qualified(path);
    for (Path at = place; at != null; at = at.getParent()) {
      FileStatus found = find(storage.fileSystem(), at);
      if (found != null && at.equals(place) && found.isDirectory() != folder) {
        return folder ? "is a file, not a folder" : "is a folder, not a file";
      }
      if (found != null && !at.equals(place) && found.isFile()) {
        return "cannot be: %s is a file".formatted(at);
      }
      if (found != null && found.isDirectory()) {
        requireWritable(storage, at);
        return "";
      }
      // A file is replaced by another of its name, so that its folder's rights count; in an object
      // store no folder is in the way, and looking for each would cost requests.
      if (storage.isObjectStore() || storage.special(at).isPresent()) {
        return "";
      }
    }
    return "";
  }

  private static FileStatus find(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private static void requireWritable(Storage storage, Path folder) throws IOException {
    Optional<java.nio.file.Path> local = storage.local(folder);
    if (local.isEmpty()) {
      storage.fileSystem().access(folder, FsAction.WRITE);
    } else if (!Files.isWritable(local.get())) {
      // Hadoop's own way knows neither access lists nor read-only disks, nor that root may write.
      throw new AccessDeniedException(local.get().toString());
    }
  }
}
