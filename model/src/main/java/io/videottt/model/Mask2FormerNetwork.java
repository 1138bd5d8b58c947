package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;

/** Mask2Former as the Y-shaped network: f is its backbone, h and g two copies of the rest. */
final class Mask2FormerNetwork implements Network {

  Mask2FormerNetwork(
      Mask2FormerConfiguration configuration, Parameters parameters, NDManager manager) {}

  @Override
  public FeatureMaps encode(NDArray images) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    throw new UnsupportedOperationException();
  }

  /**
   * h with deep supervision: what the head predicts before the first and after every decoder layer.
   *
   * @return in the order of the layers, the last one as {@link #predict} gives it
   */
  List<Prediction.Queries> predictAll(FeatureMaps features) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NDArray semanticScores(Prediction prediction, int height, int width) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NDArray reconstruct(FeatureMaps features, int height, int width) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NDArray mainLoss(
      FeatureMaps features, List<byte[]> labels, int height, int width, RandomGenerator random) {
    throw new UnsupportedOperationException();
  }
}
