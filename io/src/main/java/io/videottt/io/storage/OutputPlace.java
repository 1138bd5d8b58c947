package io.videottt.io.storage;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
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
    FileSystem files = storage.fileSystem();
    Path place = storage.qualified(path);
    for (Path at = place; at != null; at = at.getParent()) {
      FileStatus found = find(files, at);
      if (found != null && at.equals(place) && found.isDirectory() != folder) {
        return folder ? "is a file, not a folder" : "is a folder, not a file";
      }
      if (found != null && !at.equals(place) && found.isFile()) {
        return "cannot be: %s is a file".formatted(at);
      }
      if (found != null) {
        requireWritable(files, at);
        return "";
      }
      if (storage.isObjectStore()) {
        // No folder is in the way there, and looking for each would cost requests.
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

  private static void requireWritable(FileSystem files, Path path) throws IOException {
    if (files instanceof LocalFileSystem local) {
      // Hadoop's own way asks who the user is, which takes longer than a short command.
      File file = local.pathToFile(path);
      if (!file.canWrite()) {
        throw new AccessDeniedException(file.toString());
      }
    } else {
      files.access(path, FsAction.WRITE);
    }
  }
}
