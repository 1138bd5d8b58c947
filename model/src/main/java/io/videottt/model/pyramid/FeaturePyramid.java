package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import io.videottt.model.FeatureMaps;
import io.videottt.model.ParameterDefinitions;
import java.util.List;

/**
 * A feature pyramid (Lin et al. 2017; Kirillov et al., "Panoptic Feature Pyramid Networks", 2019):
 * every level gets a lateral projection and the sum of the coarser ones, a 3x3 convolution with
 * GroupNorm, and all levels are added up at stride 4, where a linear layer predicts every pixel's
 * outputs.
 */
final class FeaturePyramid {

  private static final int LEVELS = 4;

  private final ChannelsLast layers;
  private final String prefix;
  private final int groups;

  /**
   * @param prefix of the parameters' names, with its dot
   * @param groups groups of the GroupNorm layers
   */
  FeaturePyramid(ChannelsLast layers, String prefix, int groups) {
    this.layers = layers;
    this.prefix = prefix;
    this.groups = groups;
  }

  /** Adds the parameters. */
  static void declare(
      ParameterDefinitions definitions,
      String prefix,
      FeaturePyramidConfiguration configuration,
      int outputs) {
    int width = configuration.pyramid().channels();
    for (int level = 0; level < LEVELS; level++) {
      int channels = configuration.encoder().channels().get(level);
      definitions.layer(prefix + "lateral." + level, width, channels);
      declareSmoothing(definitions, prefix + "smoothing." + level, width);
    }
    declareSmoothing(definitions, prefix + "fusion", width);
    definitions.layer(prefix + "predictor", outputs, width);
  }

  /**
   * Predicts.
   *
   * @return [B, H/4, W/4, outputs]
   */
  NDArray apply(FeatureMaps features) {
    List<NDArray> levels =
        List.of(features.res2(), features.res3(), features.res4(), features.res5());
    NDArray coarser = null;
    NDArray fused = null;
    for (int level = LEVELS - 1; level >= 0; level--) {
      NDArray merged =
          layers.linear(
              ChannelsLast.fromChannelsFirst(levels.get(level)), prefix + "lateral." + level);
      if (coarser != null) {
        merged = merged.add(ChannelsLast.enlarge(coarser, merged));
      }
      coarser = merged;
      NDArray smooth = smooth(merged, prefix + "smoothing." + level);
      fused = fused == null ? smooth : smooth.add(ChannelsLast.enlarge(fused, smooth));
    }
    return layers.linear(smooth(fused, prefix + "fusion"), prefix + "predictor");
  }

  private NDArray smooth(NDArray x, String name) {
    NDArray convolved = layers.convolution(x, name + ".convolution", 1);
    return layers.groupNorm(convolved, name + ".norm", groups).getNDArrayInternal().relu();
  }

  private static void declareSmoothing(ParameterDefinitions definitions, String name, int width) {
    definitions.layer(name + ".convolution", width, width, 3, 3);
    definitions.norm(name + ".norm", width);
  }
}
