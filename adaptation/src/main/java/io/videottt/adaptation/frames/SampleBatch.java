package io.videottt.adaptation.frames;

import io.videottt.catalog.image.RgbImage;
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
public record SampleBatch(List<byte[]> images, int height, int width) {

  /**
   * Chooses frames and draws crops of them.
   *
   * @param random source of the draws: per sample the frame, then its crop
   * @param policy how crops are drawn
   * @param size number of samples
   * @param choice of the frames
   * @param frames by what the choice gives; of one resolution, unless the samples have a fixed size
   */
  public static SampleBatch draw(
      RandomGenerator random,
      SamplePolicy policy,
      int size,
      SampleOrder.Choice choice,
      IntFunction<RgbImage> frames) {
    List<byte[]> images = new ArrayList<>();
    WorkingSize.Size common = null;
    for (int sample = 0; sample < size; sample++) {
      RgbImage frame = frames.apply(choice.next(random));
      WorkingSize.Size frameSize = new WorkingSize.Size(frame.height(), frame.width());
      WorkingSize.Size sampleSize = policy.sampleSize(frameSize);
      if (common == null) {
        common = sampleSize;
      }
      SampleView view = policy.view(random, frameSize, common);
      images.add(view.image(frame, ColourTransform.identity()));
    }
    return new SampleBatch(images, common.height(), common.width());
  }
}
