package io.videottt.jobs.evaluate;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Which frames are scored.
 *
 * @param frames indices of the frames, ascending
 * @param unmatched lines of a list that name no frame, or more than one, a message for each
 */
public record FrameChoice(List<Integer> frames, List<String> unmatched) {

  private static final int LARGEST_LIST = 64 << 20;

  /** All of them. */
  public static FrameChoice all(List<String> files) {
    return new FrameChoice(IntStream.range(0, files.size()).boxed().toList(), List.of());
  }

  /**
   * Those that a list names: one a line, {@code NAME} or {@code VIDEO/NAME}, with the extension or
   * without. Empty lines are passed over.
   *
   * @param list any Hadoop path
   * @param files the files of all frames
   * @throws InvalidInputException when the list cannot be read or names no frame at all
   */
  public static FrameChoice listed(Path list, List<String> files, Configuration hadoop) {
    Map<String, List<Integer>> byName = new HashMap<>();
    Map<String, List<Integer>> byStem = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      byName.computeIfAbsent(files.get(i), name -> new ArrayList<>()).add(i);
      byStem
          .computeIfAbsent(FrameNames.withoutExtension(files.get(i)), name -> new ArrayList<>())
          .add(i);
    }
    TreeSet<Integer> chosen = new TreeSet<>();
    List<String> unmatched = new ArrayList<>();
    int number = 0;
    for (String raw : read(list, hadoop).split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty()) {
        continue;
      }
      List<Integer> found = byName.getOrDefault(line, byStem.getOrDefault(line, List.of()));
      if (found.size() == 1) {
        chosen.add(found.get(0));
      } else {
        unmatched.add(
            "%s, line %d: \"%s\" names %s"
                .formatted(
                    list,
                    number,
                    Printable.line(line),
                    found.isEmpty()
                        ? "no frame of the ground truth"
                        : found.size() + " frames; give the extension, too"));
      }
    }
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          unmatched.isEmpty()
              ? "%s: names no frame".formatted(list)
              : "%s%nno line of the list names a frame".formatted(unmatched.get(0)));
    }
    return new FrameChoice(List.copyOf(chosen), List.copyOf(unmatched));
  }

  private static String read(Path file, Configuration hadoop) {
    try {
      String text =
          new String(Storage.of(file, hadoop).read(file, LARGEST_LIST), StandardCharsets.UTF_8);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: the frame list cannot be read (%s)".formatted(file, FailureReason.of(e)), e);
    }
  }
}
