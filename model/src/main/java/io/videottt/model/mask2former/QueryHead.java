package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Prediction;
import io.videottt.model.TrainingTarget;
import java.util.List;
import java.util.random.RandomGenerator;

/** The main head h over the decoders, one for each output space. */
sealed interface QueryHead permits MaskQueries, ChromaQueries {

  /** What the head says about whole images. */
  Prediction predict(FeatureMaps features);

  /**
   * The main task's loss.
   *
   * @param targets one per image, of the encoder's input size
   * @param height rows of the encoder's input without its padding
   * @param width columns of the encoder's input without its padding
   * @param random source of the sampled points
   * @return scalar
   */
  NDArray loss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random);
}
