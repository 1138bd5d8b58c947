package io.videottt.adaptation;

import io.videottt.adaptation.CropPolicy.Crop;
import io.videottt.catalog.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Augmented samples of one iteration.
 *
 * @param images each [height * width * 3] bytes
 * @param height rows of every sample
 * @param width columns of every sample
 */
record SampleBatch(List<byte[]> images, int height, int width) {

  /**
   * Draws frames with replacement, uniformly, and crops of them.
   *
   * @param random source of the draws: per sample the frame, then its crop
   * @param policy how crops are drawn
   * @param size number of samples
   * @param first the first frame to draw from
   * @param count number of frames to draw from
   * @param frames all of one resolution
   */
  static SampleBatch draw(
      RandomGenerator random,
      CropPolicy policy,
      int size,
      int first,
      int count,
      IntFunction<RgbImage> frames) {
    List<byte[]> images = new ArrayList<>();
    WorkingSize.Size common = null;
    for (int sample = 0; sample < size; sample++) {
      RgbImage frame = frames.apply(first + random.nextInt(count));
      WorkingSize.Size frameSize = new WorkingSize.Size(frame.height(), frame.width());
      WorkingSize.Size sampleSize = policy.sampleSize(frameSize);
      if (common == null) {
        common = sampleSize;
      }
      Crop crop = policy.draw(random, frameSize);
      images.add(
          Resampler.image(
              frame, crop, common.height(), common.width(), ColourTransform.identity()));
    }
    return new SampleBatch(images, common.height(), common.width());
  }
}
