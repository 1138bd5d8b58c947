package io.videottt.catalog.video;

import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.Optional;

/**
 * One decoded frame of a video.
 *
 * @param index position in temporal order, from 0
 * @param name file name without extension
 * @param image what the network sees of it: the colour image, of a video that was opened for
 *     colorization its luma in three channels
 * @param truth the ground truth for the tasks that the video was opened for, of the image's size;
 *     {@link GroundTruth#none()} where the frame is not annotated
 */
public record Frame(int index, String name, RgbImage image, GroundTruth truth) {

  /** Semantic ground truth; absent where there is none or the video was opened without it. */
  public Optional<LabelMap> labels() {
    return truth.labels();
  }
}
