package io.videottt.adaptation.frames;

import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.Optional;

/**
 * A rectangle of an image, enlarged to the sample.
 *
 * @param crop within the image
 * @param height rows of the sample
 * @param width columns of the sample
 */
public record ResampledCrop(Crop crop, int height, int width) implements SampleView {

  @Override
  public byte[] image(RgbImage image, ColourTransform colour) {
    return Resampler.image(image, crop, height, width, colour);
  }

  @Override
  public Optional<PixelWindow> window() {
    boolean own =
        crop.height() == height
            && crop.width() == width
            && crop.top() == Math.rint(crop.top())
            && crop.left() == Math.rint(crop.left());
    return own
        ? Optional.of(new PixelWindow((int) crop.top(), (int) crop.left(), crop.mirrored()))
        : Optional.empty();
  }

  @Override
  public byte[] labels(LabelMap labels, int beyond) {
    return Resampler.labels(labels, crop, height, width);
  }
}
