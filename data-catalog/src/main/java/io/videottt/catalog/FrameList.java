package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that names the frames of a split, one {@code VIDEO/NAME} a line. */
final class FrameList {

  private static final int MAXIMUM_LENGTH = 64 << 20;

  private FrameList() {}

  /**
   * The frames of one video; lines of other videos are passed over.
   *
   * @param known the names of the video's images
   * @param folder where the images are, for messages
   * @throws InvalidInputException naming the line that is malformed or names no image
   */
  static Set<String> of(
      Path file, String video, Set<String> known, Path folder, Configuration hadoop) {
    Set<String> listed = new HashSet<>();
    byte[] bytes = StoredFiles.read(file, MAXIMUM_LENGTH, hadoop);
    int lineNumber = 0;
    for (String rawLine : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      lineNumber++;
      String line = rawLine.strip();
      if (line.isEmpty()) {
        continue;
      }
      String where = "%s, line %d: entry".formatted(file, lineNumber);
      int slash = line.indexOf('/');
      if (slash < 0) {
        throw new InvalidInputException("%s \"%s\" is not VIDEO/NAME".formatted(where, line));
      }
      String name = line.substring(slash + 1);
      SafePaths.requireName(line.substring(0, slash), where);
      SafePaths.requireName(name, where);
      if (line.substring(0, slash).equals(video)) {
        if (!known.contains(name)) {
          throw new InvalidInputException(
              "%s \"%s\" has no image %s".formatted(where, line, StoredFiles.child(folder, name)));
        }
        listed.add(name);
      }
    }
    return listed;
  }
}
