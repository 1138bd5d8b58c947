package io.videottt.jobs.drawing;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What {@code predict} finds at its input.
 *
 * @param images in the order of their names
 * @param others files and folders beside them that are no images by their names
 */
public record ImageList(List<Path> images, List<Path> others) {

  public ImageList {
    images = List.copyOf(images);
    others = List.copyOf(others);
  }
}
