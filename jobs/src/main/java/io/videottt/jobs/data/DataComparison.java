package io.videottt.jobs.data;

import io.videottt.base.Task;
import io.videottt.catalog.VideoFiles;
import io.videottt.catalog.file.InputFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs between the data of then and now. Names and sizes of files are compared as folders
 * list them. Where a file's time of change differs and its size does not, as after copying a data
 * set, its bytes are read and their checksum decides; where there is none of then, name and size
 * do.
 *
 * @param differences in the order of their names
 * @param touched files whose time of change alone differs, and whose checksum proves it
 * @param unproven files whose time of change alone differs, and that had no checksum then
 */
public record DataComparison(
    List<Difference> differences, List<String> touched, List<String> unproven) {

  /**
   * A difference.
   *
   * @param text what differs, for people
   * @param tasks whose results it bears on
   */
  public record Difference(String text, Set<Task> tasks) {}

  /** What is known of a file after its bytes were read. */
  private enum Bytes {
    SAME,
    OTHER,
    UNPROVEN
  }

  /**
   * Compares.
   *
   * @throws IOException when a file whose bytes must be read cannot be
   */
  public static DataComparison of(UnitData then, VideoFiles now) throws IOException {
    List<Difference> differences = new ArrayList<>();
    Set<String> keys = new TreeSet<>(then.reading().keySet());
    keys.addAll(now.reading().keySet());
    for (String key : keys) {
      String before = then.reading().get(key);
      String after = now.reading().get(key);
      if (before == null || !before.equals(after)) {
        String text =
            before == null
                ? "%s is new: %s".formatted(key, after)
                : after == null
                    ? "%s is gone: %s".formatted(key, before)
                    : "%s was %s, is %s".formatted(key, before, after);
        differences.add(new Difference(text, now.tasks(key)));
      }
    }
    List<String> retimed = compareListings(then, now, differences);
    List<String> touched = new ArrayList<>();
    List<String> unproven = new ArrayList<>();
    Map<String, Bytes> read = bytes(retimed, then, now);
    for (String name : retimed) {
      Bytes found = read.get(name);
      if (found == Bytes.SAME) {
        touched.add(name);
      } else if (found == Bytes.UNPROVEN) {
        unproven.add(name);
      } else {
        String text = name + " has other content of the same size";
        differences.add(new Difference(text, now.tasks(name)));
      }
    }
    return new DataComparison(differences, touched, unproven);
  }

  /** Adds what listings tell; returns the files whose time of change alone differs. */
  private static List<String> compareListings(
      UnitData then, VideoFiles now, List<Difference> differences) {
    List<String> retimed = new ArrayList<>();
    Set<String> names = new TreeSet<>(then.files().keySet());
    names.addAll(now.files().keySet());
    for (String name : names) {
      UnitData.StoredFile before = then.files().get(name);
      InputFiles.Entry after = now.files().get(name);
      String text = "";
      if (before == null) {
        text = name + " is new";
      } else if (after == null) {
        text = name + " is gone";
      } else if (before.size() != after.size()) {
        text = "%s has %d bytes, had %d".formatted(name, after.size(), before.size());
      } else if (before.modified() != after.modified()) {
        retimed.add(name);
      }
      if (!text.isEmpty()) {
        differences.add(new Difference(text, now.tasks(name)));
      }
    }
    return retimed;
  }

  private static Map<String, Bytes> bytes(List<String> names, UnitData then, VideoFiles now)
      throws IOException {
    try {
      return names.parallelStream()
          .collect(
              Collectors.toMap(name -> name, name -> bytes(name, then.files().get(name), now)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Bytes bytes(String name, UnitData.StoredFile before, VideoFiles now) {
    if (!before.hasChecksum()) {
      return Bytes.UNPROVEN;
    }
    try {
      return now.sha256(name).equals(before.sha256()) ? Bytes.SAME : Bytes.OTHER;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The differences that bear on a task's results. */
  public List<Difference> of(Task task) {
    return differences.stream().filter(each -> each.tasks().contains(task)).toList();
  }
}
