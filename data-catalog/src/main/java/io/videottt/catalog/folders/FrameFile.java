package io.videottt.catalog.folders;

import org.apache.hadoop.fs.Path;

/**
 * The image of one frame.
 *
 * @param name file name without suffix
 * @param image the image file
 */
public record FrameFile(String name, Path image) {}
