package io.videottt.adaptation.frames;

import io.videottt.catalog.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Augmented samples of one iteration.
 *
 * @param samples what is shown of which image
 * @param height rows of every sample
 * @param width columns of every sample
 */
public record SampleBatch(List<Sample> samples, int height, int width) {

  /**
   * One sample.
   *
   * @param image that it is cut out of
   * @param view what it shows of it
   */
  public record Sample(RgbImage image, SampleView view) {

    /** Its pixels, [height * width * 3] interleaved red, green, blue, one unsigned byte each. */
    public byte[] pixels() {
      return view.image(image, ColourTransform.identity());
    }
  }

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
    List<Sample> samples = new ArrayList<>();
    WorkingSize.Size common = null;
    for (int sample = 0; sample < size; sample++) {
      RgbImage frame = frames.apply(choice.next(random));
      WorkingSize.Size frameSize = new WorkingSize.Size(frame.height(), frame.width());
      WorkingSize.Size sampleSize = policy.sampleSize(frameSize);
      if (common == null) {
        common = sampleSize;
      }
      samples.add(new Sample(frame, policy.view(random, frameSize, common)));
    }
    return new SampleBatch(samples, common.height(), common.width());
  }
}
