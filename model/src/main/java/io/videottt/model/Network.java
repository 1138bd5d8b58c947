package io.videottt.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The Y-shaped network: functions of the parameters it was made with. Thread-confined like the
 * engine's gradient mode; every method leaves its results to the caller's {@link
 * ai.djl.ndarray.NDScope}.
 */
public interface Network {

  /**
   * f: encodes images.
   *
   * @param images [B, 4, H, W]: normalised red, green, blue, and the visibility mask (1 visible, 0
   *     masked); any H and W, padded inside as the configuration says ({@link InputPadding}), so
   *     that features and predictions are those of the padded input
   */
  default FeatureMaps encode(NDArray images) {
    return encode(images, NormObserver.NONE);
  }

  /**
   * f, observed.
   *
   * @param images as for {@link #encode(NDArray)}
   * @param observer sees the input of every LayerNorm
   */
  FeatureMaps encode(NDArray images, NormObserver observer);

  /**
   * f while training: as {@link #encode(NDArray)}, with drop path where the architecture has it
   * (method.md, Section 1). Joint training uses it; at test time nothing is dropped.
   *
   * @param images as for {@link #encode(NDArray)}
   * @param random source of the draws; not drawn from where nothing is dropped
   */
  default FeatureMaps encodeForTraining(NDArray images, RandomGenerator random) {
    return encode(images);
  }

  /** h: predicts from the features of whole images, of the padded input. */
  Prediction predict(FeatureMaps features);

  /**
   * Class scores at the resolution of the input, as the method's post-processing defines them
   * (method.md, Section 6: for queries the class probabilities weighted by the mask probabilities).
   *
   * @param prediction what {@link #predict} returned
   * @param height rows of the encoder's input
   * @param width columns of the encoder's input
   * @return [B, K, height, width], non-negative for queries, logits for dense prediction; the
   *     argmax over dimension 1 is the predicted class
   */
  NDArray semanticScores(Prediction prediction, int height, int width);

  /**
   * The classes' probabilities for every pixel. For queries these are the semantic scores, divided
   * by their sum over the classes.
   *
   * @param prediction what {@link #predict} returned
   * @param height rows of the encoder's input
   * @param width columns of the encoder's input
   * @return of the input without its padding
   */
  PixelDistribution distribution(Prediction prediction, int height, int width);

  /**
   * The predicted chroma at the resolution of the input, of a network of {@link
   * OutputSpace#CHROMA}.
   *
   * @param prediction what {@link #predict} returned
   * @param height rows of the encoder's input
   * @param width columns of the encoder's input
   * @return [B, 2, height, width]: Cb and Cr as {@link io.videottt.metrics.LumaChroma} has them,
   *     not bounded to what colours can have
   * @throws IllegalArgumentException of another network's prediction
   */
  NDArray chroma(Prediction prediction, int height, int width);

  /**
   * g: reconstructs the images.
   *
   * @return [B, 3, H, W] normalised colours, H and W those of the encoder's input
   */
  NDArray reconstruct(FeatureMaps features, int height, int width);

  /**
   * l_m: the main task's training loss, averaged over the batch.
   *
   * @param features of the images
   * @param targets one per image, of the encoder's input size; in the padding there is nothing: no
   *     segment, and no label
   * @param height rows of the encoder's input
   * @param width columns of the encoder's input
   * @param random source of the sampled points
   * @return scalar
   * @throws io.videottt.base.InvalidInputException when the architecture needs a label for every
   *     pixel and a target has none
   * @throws IllegalArgumentException if a target is not of the kind of the network's output space
   */
  NDArray mainLoss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random);
}
