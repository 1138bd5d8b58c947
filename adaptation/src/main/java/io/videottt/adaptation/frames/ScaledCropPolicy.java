package io.videottt.adaptation.frames;

import io.videottt.adaptation.frames.ScaleJitter.Reference;
import java.util.random.RandomGenerator;

/**
 * Samples of a fixed size out of randomly scaled images, as detectron2's augmentations cut them
 * (ResizeScale and FixedSizeCrop; RandomCrop).
 *
 * @param jitter the range of scales, and the filling
 * @param height rows of every sample
 * @param width columns of every sample
 * @param flip whether images are mirrored left to right with probability one half
 */
public record ScaledCropPolicy(ScaleJitter jitter, int height, int width, boolean flip)
    implements SamplePolicy {

  @Override
  public WorkingSize.Size sampleSize(WorkingSize.Size image) {
    return new WorkingSize.Size(height, width);
  }

  /** Draws mirrored, scale, place, always in this order. */
  @Override
  public SampleView view(RandomGenerator random, WorkingSize.Size image, WorkingSize.Size sample) {
    boolean mirrored = flip && random.nextBoolean();
    double scale = jitter.minimum() + (jitter.maximum() - jitter.minimum()) * random.nextDouble();
    if (jitter.of() == Reference.CROP) {
      scale *= Math.min(height / (double) image.height(), width / (double) image.width());
    }
    WorkingSize.Size scaled =
        new WorkingSize.Size(length(image.height(), scale), length(image.width(), scale));
    int rowsBeyond = Math.max(0, scaled.height() - height);
    int columnsBeyond = Math.max(0, scaled.width() - width);
    int top;
    int left;
    if (jitter.of() == Reference.CROP) {
      // FixedSizeCrop draws one share for both directions.
      double share = random.nextDouble();
      top = (int) Math.rint(rowsBeyond * share);
      left = (int) Math.rint(columnsBeyond * share);
    } else {
      top = random.nextInt(rowsBeyond + 1);
      left = random.nextInt(columnsBeyond + 1);
    }
    return new ScaledCrop(scaled, top, left, height, width, jitter.padding(), mirrored);
  }

  private static int length(int side, double scale) {
    return Math.max(1, (int) Math.rint(side * scale));
  }
}
