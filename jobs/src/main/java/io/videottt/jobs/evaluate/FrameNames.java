package io.videottt.jobs.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What frames are called: their files without extension, and the whole name where another file has
 * the same one but for the extension. No two frames have one name.
 */
public final class FrameNames {

  private FrameNames() {}

  /**
   * A name for each file, in their order.
   *
   * @param files names, with the folders that the files are in
   */
  static List<String> of(List<String> files) {
    Map<String, Integer> stems = new HashMap<>();
    files.forEach(file -> stems.merge(withoutExtension(file), 1, Integer::sum));
    Map<String, Integer> taken = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (String file : files) {
      String stem = withoutExtension(file);
      String name = stems.get(stem) == 1 ? stem : file;
      int before = taken.merge(name, 1, Integer::sum);
      while (before > 1 && taken.containsKey(numbered(name, before))) {
        before++;
      }
      if (before > 1) {
        name = numbered(name, before);
        taken.put(name, 1);
      }
      names.add(name);
    }
    return names;
  }

  private static String numbered(String name, int count) {
    return "%s (%d)".formatted(name, count);
  }

  /** A name without what follows its last dot; a name that begins with its only dot is whole. */
  public static String withoutExtension(String file) {
    int dot = file.lastIndexOf('.');
    return dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
  }
}
