package io.videottt.catalog;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The files of one frame.
 *
 * @param name file name without suffix
 * @param image the image file
 * @param labels the label file, absent where the frame is not annotated
 */
record FrameFiles(String name, Path image, Optional<Path> labels) {}
