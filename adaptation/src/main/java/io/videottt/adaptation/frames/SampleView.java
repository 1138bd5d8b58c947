package io.videottt.adaptation.frames;

import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.Optional;

/** What a sample shows of an image, and of the image's annotation in the same way. */
public sealed interface SampleView permits ResampledCrop, ScaledCrop {

  /**
   * The sample.
   *
   * @param image of the size that the view was drawn for
   * @param colour change of the image's colours
   * @return [height * width * 3] interleaved red, green, blue, one unsigned byte each
   */
  byte[] image(RgbImage image, ColourTransform colour);

  /** Where the sample is in the image, if its pixels are the image's own; else empty. */
  default Optional<PixelWindow> window() {
    return Optional.empty();
  }

  /**
   * The sample's labels.
   *
   * @param labels of the size that the view was drawn for
   * @param beyond label of what lies beyond the image
   * @return [height * width]
   */
  byte[] labels(LabelMap labels, int beyond);
}
