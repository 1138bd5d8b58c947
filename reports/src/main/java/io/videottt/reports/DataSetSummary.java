package io.videottt.reports;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What of a data set was run, counted in the results.
 *
 * @param name in the catalogue
 * @param title as printed
 * @param splits that were run
 * @param counts of these splits
 * @param videos number of videos that were run
 * @param frames number of their frames
 * @param annotatedFrames number of their frames with ground truth, of the task that has most
 * @param framesPerSecond of the recordings, where the results tell
 * @param classes names in the order of their ids; empty where the results do not tell
 * @param colours of the classes in pictures, 0xRRGGBB in the order of their ids; empty where the
 *     results do not tell
 */
public record DataSetSummary(
    String name,
    String title,
    List<String> splits,
    List<SplitCount> counts,
    int videos,
    long frames,
    long annotatedFrames,
    OptionalDouble framesPerSecond,
    List<String> classes,
    List<Integer> colours) {

  /** A data set whose classes have no known colours. */
  public DataSetSummary(
      String name,
      String title,
      List<String> splits,
      List<SplitCount> counts,
      int videos,
      long frames,
      long annotatedFrames,
      OptionalDouble framesPerSecond,
      List<String> classes) {
    this(
        name,
        title,
        splits,
        counts,
        videos,
        frames,
        annotatedFrames,
        framesPerSecond,
        classes,
        List.of());
  }

  /** The same, of which nothing shows classes. */
  public DataSetSummary withoutClasses() {
    return new DataSetSummary(
        name, title, splits, counts, videos, frames, annotatedFrames, framesPerSecond, List.of());
  }

  /** Keeps the lists from being changed. */
  public DataSetSummary {
    splits = List.copyOf(splits);
    counts = List.copyOf(counts);
    classes = List.copyOf(classes);
    colours = List.copyOf(colours);
  }

  /** A class's name, or its number where the results do not tell. */
  public String className(int classId) {
    return classId < classes.size() ? classes.get(classId) : "class " + classId;
  }
}
