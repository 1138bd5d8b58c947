package io.videottt.jobs;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What {@code predict} finds at its input.
 *
 * @param images in the order of their names
 * @param others files and folders beside them that are no images by their names
 */
record ImageList(List<Path> images, List<Path> others) {

  ImageList {
    images = List.copyOf(images);
    others = List.copyOf(others);
  }
}
