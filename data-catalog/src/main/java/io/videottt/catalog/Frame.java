package io.videottt.catalog;

import java.util.Optional;

/**
 * One decoded frame of a video.
 *
 * @param index position in temporal order, from 0
 * @param name file name without extension
 * @param image the colour image
 * @param labels semantic ground truth of the image's size, absent where the frame is not annotated
 */
public record Frame(int index, String name, RgbImage image, Optional<LabelMap> labels) {}
