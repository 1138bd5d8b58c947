package io.videottt.jobs.predict;

import io.videottt.jobs.evaluate.FrameNames;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * What the results of images are called: as the images without extension, and by the whole name
 * where two images would otherwise have one result file ({@code a.png} and {@code a.jpg}).
 *
 * @param whole names of the images whose results have the whole name
 */
public record ResultNames(Set<String> whole) implements Serializable {

  private static final String LABELS = ".png";
  private static final String OVERLAY = "-overlay.png";

  public ResultNames {
    whole = Set.copyOf(whole);
  }

  /** The names for the images of a folder. */
  public static ResultNames of(List<Path> images) {
    ResultNames names = new ResultNames(Set.of());
    Set<String> clashing = names.clashing(images);
    // A longer name may be that of another image's result.
    while (!names.whole.containsAll(clashing)) {
      Set<String> more = new HashSet<>(names.whole);
      more.addAll(clashing);
      names = new ResultNames(more);
      clashing = names.clashing(images);
    }
    return names;
  }

  private Set<String> clashing(List<Path> images) {
    Map<String, String> written = new HashMap<>();
    Set<String> clashing = new HashSet<>();
    for (Path image : images) {
      for (String result : List.of(labels(image), overlay(image))) {
        String other = written.put(result, image.getName());
        if (other != null) {
          clashing.add(other);
          clashing.add(image.getName());
        }
      }
    }
    return clashing;
  }

  /** What an image's results are called. */
  String of(Path image) {
    String name = image.getName();
    return whole.contains(name) ? name : FrameNames.withoutExtension(name);
  }

  /** The file of an image's classes or segments. */
  String labels(Path image) {
    return of(image) + LABELS;
  }

  /** The file of what is predicted, drawn over the image. */
  String overlay(Path image) {
    return of(image) + OVERLAY;
  }
}
