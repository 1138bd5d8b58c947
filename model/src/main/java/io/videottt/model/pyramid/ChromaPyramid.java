package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import io.videottt.metrics.LumaChroma;
import io.videottt.model.ChromaLoss;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Prediction;
import io.videottt.model.TrainingTarget;
import java.util.List;

/**
 * Says the chroma of the pixels of 4x4 patches: the output of the reconstruction decoder with two
 * channels in place of three, so that colours end where objects do and not at a quarter of the
 * resolution.
 */
final class ChromaPyramid implements PyramidHead {

  private final FeaturePyramid pyramid;

  ChromaPyramid(FeaturePyramid pyramid) {
    this.pyramid = pyramid;
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    return new Prediction.Chroma(ChannelsLast.toChannelsFirst(pyramid.apply(features)));
  }

  /**
   * Patches read as pixels.
   *
   * @return [B, 2, height, width] in units of the network
   */
  static NDArray pixels(Prediction.Chroma prediction, int height, int width) {
    return FeaturePyramidNetwork.pixels(
        ChannelsLast.fromChannelsFirst(prediction.patches()), LumaChroma.CHANNELS, height, width);
  }

  @Override
  public NDArray loss(
      FeatureMaps features, List<? extends TrainingTarget> targets, int height, int width) {
    NDArray chroma =
        FeaturePyramidNetwork.pixels(pyramid.apply(features), LumaChroma.CHANNELS, height, width);
    return ChromaLoss.of(chroma, targets);
  }
}
