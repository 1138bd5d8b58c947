package io.videottt.jobs.results;

import io.videottt.io.storage.SafePaths;
import io.videottt.io.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file that a record promises. Whether it is still there is seen by its size alone, so that a
 * folder is listed once and nothing in it is read.
 *
 * @param name in its folder
 * @param bytes its size
 */
public record SavedFile(String name, long bytes) {

  /** Checks that the name is that of a file. */
  public SavedFile {
    SafePaths.requireName(name, "file");
  }

  /**
   * The files of some names in a folder, in their order.
   *
   * @throws FileNotFoundException when one is not there
   */
  static List<SavedFile> in(Path folder, Collection<String> names, Configuration hadoop)
      throws IOException {
    List<SavedFile> files = new ArrayList<>();
    if (names.isEmpty()) {
      return files;
    }
    Map<String, Long> there = sizes(folder, hadoop);
    for (String name : names) {
      Long bytes = there.get(name);
      if (bytes == null) {
        throw new FileNotFoundException("%s has no file %s any more".formatted(folder, name));
      }
      files.add(new SavedFile(name, bytes));
    }
    return files;
  }

  /** Whether files of all these names are in a folder, each with the size that was recorded. */
  static boolean areWhole(
      Path folder, Collection<String> names, Collection<SavedFile> recorded, Configuration hadoop)
      throws IOException {
    if (names.isEmpty()) {
      return true;
    }
    Map<String, Long> promised = new HashMap<>();
    recorded.forEach(file -> promised.put(file.name(), file.bytes()));
    Map<String, Long> there = sizes(folder, hadoop);
    return names.stream()
        .allMatch(name -> promised.containsKey(name) && promised.get(name).equals(there.get(name)));
  }

  private static Map<String, Long> sizes(Path folder, Configuration hadoop) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    try {
      for (FileStatus status : Storage.of(folder, hadoop).fileSystem().listStatus(folder)) {
        if (status.isFile()) {
          sizes.put(status.getPath().getName(), status.getLen());
        }
      }
    } catch (FileNotFoundException e) {
      return Map.of();
    }
    return sizes;
  }
}
