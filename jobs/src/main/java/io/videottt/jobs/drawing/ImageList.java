package io.videottt.jobs.drawing;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What {@code predict} finds at its input.
 *
 * @param images in the order of their names
 * @param films video files, in the order of their names
 * @param others files and folders beside them that are neither by their names
 */
public record ImageList(List<Path> images, List<Path> films, List<Path> others) {

  public ImageList {
    images = List.copyOf(images);
    films = List.copyOf(films);
    others = List.copyOf(others);
  }
}
