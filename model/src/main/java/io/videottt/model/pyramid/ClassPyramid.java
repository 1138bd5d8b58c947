package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import io.videottt.model.FeatureMaps;
import io.videottt.model.InputPadding;
import io.videottt.model.PixelCrossEntropy;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.TrainingTarget;
import java.util.List;

/** Classifies every pixel of the quarter of the input's resolution. */
final class ClassPyramid implements PyramidHead {

  private final FeaturePyramid pyramid;
  private final PixelCrossEntropy loss;
  private final boolean fullResolution;

  ClassPyramid(FeaturePyramidConfiguration configuration, FeaturePyramid pyramid) {
    this.pyramid = pyramid;
    fullResolution =
        configuration.loss().resolution() == FeaturePyramidConfiguration.Resolution.FULL;
    loss =
        new PixelCrossEntropy(
            configuration.numLabels(),
            configuration.loss().classWeights(),
            fullResolution ? 1 : FeaturePyramidNetwork.PATCH);
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    return new Prediction.Dense(ChannelsLast.toChannelsFirst(pyramid.apply(features)));
  }

  @Override
  public NDArray loss(
      FeatureMaps features, List<? extends TrainingTarget> targets, int height, int width) {
    NDArray quarter =
        InputPadding.cutQuarter(
            ChannelsLast.toChannelsFirst(pyramid.apply(features)), height, width);
    NDArray logits =
        fullResolution ? FeaturePyramidNetwork.enlarge(quarter, height, width) : quarter;
    return loss.of(
        logits, PixelCrossEntropy.labels(SegmentationTarget.all(targets)), height, width);
  }
}
