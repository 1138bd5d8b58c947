package io.videottt.adaptation.frames;

import java.util.random.RandomGenerator;

/** How training samples are cut out of images. */
public sealed interface SamplePolicy permits CropPolicy, ScaledCropPolicy {

  /** Rows and columns of the samples cut out of images of a size. */
  WorkingSize.Size sampleSize(WorkingSize.Size image);

  /**
   * Draws one sample's view.
   *
   * @param image size of the image
   * @param sample size of the sample
   */
  SampleView view(RandomGenerator random, WorkingSize.Size image, WorkingSize.Size sample);
}
