package io.videottt.catalog.folders;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.io.storage.SafePaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file that names the frames of a split, one {@code VIDEO/NAME} a line.
 *
 * @param file where it is
 * @param lines those that are not empty
 */
public record FrameList(Path file, List<Line> lines) {

  private static final int MAXIMUM_LENGTH = 64 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * A line.
   *
   * @param number from 1
   */
  record Line(int number, String video, String name) {}

  /**
   * Reads a list.
   *
   * @throws InvalidInputException naming the line that is malformed
   */
  public static FrameList read(Path file, Configuration hadoop) {
    List<Line> lines = new ArrayList<>();
    String text =
        new String(StoredFiles.read(file, MAXIMUM_LENGTH, hadoop), StandardCharsets.UTF_8);
    int lineNumber = 0;
    for (String rawLine :
        (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).split("\n", -1)) {
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
      lines.add(new Line(lineNumber, line.substring(0, slash), name));
    }
    return new FrameList(file, List.copyOf(lines));
  }

  /** The videos that it names. */
  Set<String> videos() {
    return lines.stream().map(Line::video).collect(Collectors.toSet());
  }

  /**
   * The frames of a video that it names and that are there.
   *
   * @param known the names of the video's images
   * @param suffix what follows a name in its image's file name; a line may have it, too
   */
  public Set<String> frames(String video, Set<String> known, String suffix) {
    Set<String> frames = new HashSet<>();
    for (Line line : lines) {
      if (line.video().equals(video)) {
        String name = frame(line, known, suffix);
        if (known.contains(name)) {
          frames.add(name);
        }
      }
    }
    return frames;
  }

  private static String frame(Line line, Set<String> known, String suffix) {
    String name = line.name();
    return !known.contains(name) && name.endsWith(suffix)
        ? name.substring(0, name.length() - suffix.length())
        : name;
  }

  /**
   * The lines of a video that name no image.
   *
   * @param folder where the images are
   */
  public List<FileProblem> unmatched(String video, Set<String> known, String suffix, Path folder) {
    return lines.stream()
        .filter(line -> line.video().equals(video))
        .filter(line -> !known.contains(frame(line, known, suffix)))
        .map(line -> missing(line, "has no image " + StoredFiles.child(folder, line.name())))
        .toList();
  }

  /** The lines of videos that are not there. */
  List<FileProblem> unmatched(Set<String> videos, Path folder) {
    return lines.stream()
        .filter(line -> !videos.contains(line.video()))
        .map(line -> missing(line, "is of a video that is not in " + folder))
        .toList();
  }

  private FileProblem missing(Line line, String problem) {
    return new FileProblem(
        FileProblem.Kind.MISSING,
        "%s, line %d: entry \"%s/%s\" %s"
            .formatted(file, line.number(), line.video(), line.name(), problem));
  }
}
